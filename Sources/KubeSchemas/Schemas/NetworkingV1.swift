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

        type HTTPIngressPath  # Sends requests for a path to a backend.
          backend! IngressBackend @2  # Where matching requests go.
          path string @1  # URL path to match; begins with a slash for the types Exact and Prefix.
          pathType! string? @3
            # Exact matches the path itself, Prefix whole path elements from its beginning, ImplementationSpecific what
            # the controller decides.

        type HTTPIngressRuleValue  # The HTTP paths of a host.
          paths! [HTTPIngressPath] @1  # Paths and their backends. The longest match wins, Exact before Prefix.

        type IPAddress kind
          # Records that an IP address is in use, normally by a Service. Its name is the address in canonical form.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! IPAddressSpec @2  # Who uses the address.

        type IPAddressList kind  # A list of IPAddress objects.
          items! [IPAddress] @2  # The IPAddress objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type IPAddressSpec  # Who uses an address.
          parentRef! ParentReference @1  # The object that uses the address, such as a Service.

        type IPBlock  # A range of IP addresses with exceptions.
          cidr! string @1  # The range, such as 192.168.0.0/16 or 2001:db8::/64.
          except [string] @2  # Ranges within cidr to leave out.

        type Ingress kind
          # Lets HTTP and HTTPS requests from outside reach Services, chosen by host and path. An ingress controller has
          # to run to make it effective.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec IngressSpec @2  # Hosts, paths, backends and TLS.
          status IngressStatus @3  # Where the ingress can be reached; written by the controller.

        type IngressBackend  # Where requests go. Exactly one of service and resource is set.
          resource core.v1.TypedLocalObjectReference @3
            # An object of another kind in the same namespace, such as a bucket.
          service IngressServiceBackend @4  # A Service in the same namespace.

        type IngressClass kind
          # Names a kind of Ingress, that is, the controller that takes care of it. The annotation
          # ingressclass.kubernetes.io/is-default-class makes it the default.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec IngressClassSpec @2  # The controller and its parameters.

        type IngressClassList kind  # A list of IngressClass objects.
          items! [IngressClass] @2  # The IngressClass objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type IngressClassParametersReference  # An object with parameters for an ingress controller.
          apiGroup string? @1  # API group of the object. Unset means the core group.
          kind! string @2  # Kind of the object.
          name! string @3  # Name of the object.
          namespace string? @5  # Namespace of the object. Required for the scope Namespace, otherwise not allowed.
          scope string? @4  # Whether the object belongs to the Cluster (default) or to a Namespace.

        type IngressClassSpec  # The controller of a class and its parameters.
          controller string @1
            # Name of the controller, such as example.com/ingress-controller. At most 250 characters, immutable.
          parameters IngressClassParametersReference @2  # Object with further configuration for the controller.

        type IngressList kind  # A list of Ingress objects.
          items! [Ingress] @2  # The Ingress objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type IngressLoadBalancerIngress  # A point at which the load balancer of an Ingress can be reached.
          hostname string @2  # Host name of the point.
          ip string @1  # IP address of the point.
          ports [IngressPortStatus] @4  # Ports of the point.

        type IngressLoadBalancerStatus  # Where an Ingress can be reached.
          ingress [IngressLoadBalancerIngress] @1  # The points at which the load balancer accepts requests.

        type IngressPortStatus  # State of a port of a load balancer.
          error string? @3
            # Why the port does not work: a CamelCase word, or example.com/Word for causes special to a provider.
          port! int32 @1  # Port number.
          protocol! string @2  # TCP, UDP or SCTP.

        type IngressRule  # Backends for the requests to one host.
          host string @1
            # Host name to match, without port. A leading '*.' stands for one label. Unset matches all hosts.
          http HTTPIngressRuleValue @2/1  # Paths and their backends. Unset sends everything to the default backend.

        type IngressServiceBackend  # A Service and its port.
          name! string @1  # Name of the Service.
          port ServiceBackendPort @2  # Port of the Service, by name or number.

        type IngressSpec  # Hosts, paths, backends and TLS of an Ingress.
          defaultBackend IngressBackend @1  # Where requests go that no rule matches. Required without rules.
          ingressClassName string? @4
            # The IngressClass whose controller takes care of this Ingress. Unset means the default class, if there is
            # one.
          rules [IngressRule] @3  # Hosts and their backends.
          tls [IngressTLS] @2  # Certificates by host. Hosts that share port 443 are told apart by SNI.

        type IngressStatus  # The observed state of an Ingress.
          loadBalancer IngressLoadBalancerStatus @1  # Where the Ingress can be reached.

        type IngressTLS  # A certificate and the hosts it is for.
          hosts [string] @1  # Host names in the certificate.
          secretName string @2  # Secret with the certificate and key. Unset leaves TLS to the controller's default.

        type NetworkPolicy kind
          # Restricts which connections pods accept and open. Pods that no policy selects are not restricted; policies
          # add up.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec NetworkPolicySpec @2  # Which pods are restricted and what remains allowed.

        type NetworkPolicyEgressRule  # Connections a pod may open: to one of the peers and on one of the ports.
          ports [NetworkPolicyPort] @1  # Allowed ports. Empty means all.
          to [NetworkPolicyPeer] @2  # Allowed destinations. Empty means all.

        type NetworkPolicyIngressRule  # Connections a pod accepts: from one of the peers and on one of the ports.
          from [NetworkPolicyPeer] @2  # Allowed sources. Empty means all.
          ports [NetworkPolicyPort] @1  # Allowed ports. Empty means all.

        type NetworkPolicyList kind  # A list of NetworkPolicy objects.
          items! [NetworkPolicy] @2  # The NetworkPolicy objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type NetworkPolicyPeer  # The other end of a connection: an IP range alone, or pods by labels and namespaces.
          ipBlock IPBlock @3  # Range of IP addresses. Excludes the other fields.
          namespaceSelector LabelSelector @2
            # Pods of namespaces with these labels, restricted further by podSelector. An empty one means all
            # namespaces.
          podSelector LabelSelector @1
            # Pods with these labels, in the policy's own namespace unless namespaceSelector is set. An empty one means
            # all pods.

        type NetworkPolicyPort  # A port or a range of ports.
          endPort int32? @3  # Last port of a range that starts at port, which then is a number.
          port intOrString @2  # Number, or name of a container port. Unset means all ports.
          protocol string? @1  # TCP (default), UDP or SCTP.

        type NetworkPolicySpec  # Which pods a policy restricts and what remains allowed.
          egress [NetworkPolicyEgressRule] @3
            # Connections the pods may open. Empty means none, if policyTypes contains Egress.
          ingress [NetworkPolicyIngressRule] @2
            # Connections the pods accept. Empty means none, if policyTypes contains Ingress.
          podSelector LabelSelector @1  # The pods of the namespace that are restricted. Empty means all.
          policyTypes [string] @4
            # Directions that are restricted: Ingress, Egress or both. Defaults to Ingress, and Egress if there are
            # egress rules.

        type ParentReference  # The object that uses an IP address.
          group string @1  # API group of the object; empty for the core group.
          name! string @4  # Name of the object.
          namespace string @3  # Namespace of the object.
          resource! string @2  # Resource of the object, such as services.

        type ServiceBackendPort atomic  # A port of a Service, by exactly one of name and number.
          name string @1  # Name of the port.
          number int32 @2  # Number of the port.

        type ServiceCIDR kind
          # A range of IP addresses from which Services get their cluster IPs. Ranges can be added while the cluster
          # runs.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec ServiceCIDRSpec @2  # The ranges.
          status ServiceCIDRStatus @3  # Whether the ranges are in use; written by the system.

        type ServiceCIDRList kind  # A list of ServiceCIDR objects.
          items! [ServiceCIDR] @2  # The ServiceCIDR objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ServiceCIDRSpec  # Ranges of addresses for Services.
          cidrs [string] @1  # One range, or one of each IP family, in CIDR notation. Immutable.

        type ServiceCIDRStatus  # The observed state of a ServiceCIDR.
          conditions [Condition] @1 map(type) merge(type)  # The current conditions, such as Ready.
        """#
}
