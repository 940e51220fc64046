/// The types and resources of `networking.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let networkingV1 = #"""
        package io.k8s.api.networking.v1
        version networking.k8s.io v1
        resource ingressclasses IngressClass cluster singular:ingressclass
        resource ingresses Ingress namespaced singular:ingress short:ing
        subresource ingresses/status Ingress verbs:get,patch,update
        resource ipaddresses IPAddress cluster singular:ipaddress short:ip
        resource networkpolicies NetworkPolicy namespaced singular:networkpolicy short:netpol
        resource servicecidrs ServiceCIDR cluster singular:servicecidr
        subresource servicecidrs/status ServiceCIDR verbs:get,patch,update

        type HTTPIngressPath
          backend! IngressBackend @2
          path string @1
          pathType! string @3

        type HTTPIngressRuleValue
          paths! [HTTPIngressPath] @1

        type IPAddress kind
          metadata ObjectMeta @1
          spec! IPAddressSpec @2

        type IPAddressList kind
          items! [IPAddress] @2
          metadata ListMeta @1

        type IPAddressSpec
          parentRef! ParentReference @1

        type IPBlock
          cidr! string @1
          except [string] @2

        type Ingress kind
          metadata ObjectMeta @1
          spec IngressSpec @2
          status IngressStatus @3

        type IngressBackend
          resource core.v1.TypedLocalObjectReference @3
          service IngressServiceBackend @4

        type IngressClass kind
          metadata ObjectMeta @1
          spec IngressClassSpec @2

        type IngressClassList kind
          items! [IngressClass] @2
          metadata ListMeta @1

        type IngressClassParametersReference
          apiGroup string @1
          kind! string @2
          name! string @3
          namespace string @5
          scope string @4

        type IngressClassSpec
          controller string @1
          parameters IngressClassParametersReference @2

        type IngressList kind
          items! [Ingress] @2
          metadata ListMeta @1

        type IngressLoadBalancerIngress
          hostname string @2
          ip string @1
          ports [IngressPortStatus] @4

        type IngressLoadBalancerStatus
          ingress [IngressLoadBalancerIngress] @1

        type IngressPortStatus
          error string @3
          port! int32 @1
          protocol! string @2

        type IngressRule
          host string @1
          http HTTPIngressRuleValue @2/1

        type IngressServiceBackend
          name! string @1
          port ServiceBackendPort @2

        type IngressSpec
          defaultBackend IngressBackend @1
          ingressClassName string @4
          rules [IngressRule] @3
          tls [IngressTLS] @2

        type IngressStatus
          loadBalancer IngressLoadBalancerStatus @1

        type IngressTLS
          hosts [string] @1
          secretName string @2

        type NetworkPolicy kind
          metadata ObjectMeta @1
          spec NetworkPolicySpec @2

        type NetworkPolicyEgressRule
          ports [NetworkPolicyPort] @1
          to [NetworkPolicyPeer] @2

        type NetworkPolicyIngressRule
          from [NetworkPolicyPeer] @2
          ports [NetworkPolicyPort] @1

        type NetworkPolicyList kind
          items! [NetworkPolicy] @2
          metadata ListMeta @1

        type NetworkPolicyPeer
          ipBlock IPBlock @3
          namespaceSelector LabelSelector @2
          podSelector LabelSelector @1

        type NetworkPolicyPort
          endPort int32 @3
          port intOrString @2
          protocol string @1

        type NetworkPolicySpec
          egress [NetworkPolicyEgressRule] @3
          ingress [NetworkPolicyIngressRule] @2
          podSelector LabelSelector @1
          policyTypes [string] @4

        type ParentReference
          group string @1
          name! string @4
          namespace string @3
          resource! string @2

        type ServiceBackendPort atomic
          name string @1
          number int32 @2

        type ServiceCIDR kind
          metadata ObjectMeta @1
          spec ServiceCIDRSpec @2
          status ServiceCIDRStatus @3

        type ServiceCIDRList kind
          items! [ServiceCIDR] @2
          metadata ListMeta @1

        type ServiceCIDRSpec
          cidrs [string] @1

        type ServiceCIDRStatus
          conditions [Condition] @1 map(type) merge(type)
        """#
}
