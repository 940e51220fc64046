/// The types and resources of `apiregistration.k8s.io/v1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let apiregistrationV1 = #"""
        package io.k8s.kube-aggregator.pkg.apis.apiregistration.v1
        version apiregistration.k8s.io v1
        resource apiservices APIService cluster singular:apiservice categories:api-extensions
        subresource apiservices/status APIService verbs:get,patch,update

        type APIService kind
          metadata ObjectMeta @1
          spec APIServiceSpec @2
          status APIServiceStatus @3

        type APIServiceCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type APIServiceList kind
          items! [APIService] @2
          metadata ListMeta @1

        type APIServiceSpec
          caBundle bytes @5
          group string @2
          groupPriorityMinimum! int32 @7
          insecureSkipTLSVerify bool @4
          service ServiceReference @1
          version string @3
          versionPriority! int32 @8

        type APIServiceStatus
          conditions [APIServiceCondition] @1 map(type) merge(type)

        type ServiceReference
          name string @2
          namespace string @1
          port int32 @3
        """#
}
