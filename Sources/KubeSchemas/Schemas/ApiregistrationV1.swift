/// The types and resources of `apiregistration.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let apiregistrationV1 = #"""
        package io.k8s.kube-aggregator.pkg.apis.apiregistration.v1
        version apiregistration.k8s.io v1
        resource apiservices APIService cluster singular:apiservice categories:api-extensions
        subresource apiservices/status APIService verbs:get,patch,update

        type APIService kind
          # Says who serves a version of an API group: this API server itself, or another server behind a Service.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec APIServiceSpec @2  # The group version and where it is served.
          status APIServiceStatus @3  # Whether the version is available; written by the system.

        type APIServiceCondition  # One aspect of an APIService's state, with the time and cause of its last change.
          lastTransitionTime time @3  # When the status last changed.
          message string @5  # What happened, for people.
          reason string @4  # Why the status last changed, in one CamelCase word for machines.
          status! string @2  # Whether the condition holds: True, False or Unknown.
          type! string @1  # Name of the condition, such as Available.

        type APIServiceList kind  # A list of APIService objects.
          items! [APIService] @2  # The APIService objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type APIServiceSpec  # A group version and where it is served. The object is named version, dot, group.
          caBundle bytes @5
            # PEM certificates that the server's certificate is verified with. Unset means the trust roots of the API
            # server's system.
          group string @2  # The API group.
          groupPriorityMinimum! int32 @7
            # Priority of the group in discovery; the highest of all its versions counts, and higher comes first. Above
            # 0, up to 20000.
          insecureSkipTLSVerify bool @4  # Does not verify the server's certificate. Strongly discouraged; use caBundle.
          service ServiceReference @1
            # The Service behind which the server runs. Unset means that this API server serves the version itself.
          version string @3  # The API version, such as v1.
          versionPriority! int32 @8
            # Order of the version within its group; higher comes first, equal ones by their names. Above 0, up to 1000.

        type APIServiceStatus  # The observed state of an APIService.
          conditions [APIServiceCondition] @1 map(type) merge(type)  # The current conditions of the APIService.

        type ServiceReference  # The Service behind which an API server runs.
          name string @2  # Name of the Service.
          namespace string @1  # Namespace of the Service.
          port int32? @3  # Port of the Service, 1 to 65535. Defaults to 443.
        """#
}
