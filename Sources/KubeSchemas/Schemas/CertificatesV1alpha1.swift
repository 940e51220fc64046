/// The types and resources of `certificates.k8s.io/v1alpha1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let certificatesV1alpha1 = #"""
        package io.k8s.api.certificates.v1alpha1
        version certificates.k8s.io v1alpha1
        resource clustertrustbundles ClusterTrustBundle cluster singular:clustertrustbundle

        type ClusterTrustBundle kind
          metadata ObjectMeta @1
          spec! ClusterTrustBundleSpec @2

        type ClusterTrustBundleList kind
          items! [ClusterTrustBundle] @2
          metadata ListMeta @1

        type ClusterTrustBundleSpec
          signerName string @1
          trustBundle! string @2
        """#
}
