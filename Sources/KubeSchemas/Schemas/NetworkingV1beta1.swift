/// The types and resources of `networking.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let networkingV1beta1 = #"""
        package io.k8s.api.networking.v1beta1
        version networking.k8s.io v1beta1
        resource ipaddresses IPAddress cluster singular:ipaddress short:ip
        resource servicecidrs ServiceCIDR cluster singular:servicecidr
        subresource servicecidrs/status ServiceCIDR verbs:get,patch,update

        type IPAddress kind
          # Records that an IP address is in use, normally by a Service. Its name is the address in canonical form.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! IPAddressSpec @2  # Who uses the address.

        type IPAddressList kind  # A list of IPAddress objects.
          items! [IPAddress] @2  # The IPAddress objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type IPAddressSpec  # Who uses an address.
          parentRef! ParentReference @1  # The object that uses the address, such as a Service.

        type ParentReference  # The object that uses an IP address.
          group string @1  # API group of the object; empty for the core group.
          name! string @4  # Name of the object.
          namespace string @3  # Namespace of the object.
          resource! string @2  # Resource of the object, such as services.

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
