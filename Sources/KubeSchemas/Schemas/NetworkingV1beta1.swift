/// The types and resources of `networking.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let networkingV1beta1 = #"""
        package io.k8s.api.networking.v1beta1
        version networking.k8s.io v1beta1
        resource ipaddresses IPAddress cluster singular:ipaddress short:ip
        resource servicecidrs ServiceCIDR cluster singular:servicecidr
        subresource servicecidrs/status ServiceCIDR verbs:get,patch,update

        type IPAddress kind
          metadata ObjectMeta @1
          spec! IPAddressSpec @2

        type IPAddressList kind
          items! [IPAddress] @2
          metadata ListMeta @1

        type IPAddressSpec
          parentRef! ParentReference @1

        type ParentReference
          group string @1
          name! string @4
          namespace string @3
          resource! string @2

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
