/// The types and resources of `certificates.k8s.io/v1alpha1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let certificatesV1alpha1 = #"""
        package io.k8s.api.certificates.v1alpha1
        version certificates.k8s.io v1alpha1
        resource clustertrustbundles ClusterTrustBundle cluster singular:clustertrustbundle

        type ClusterTrustBundle kind
          # Trust anchors (root certificates) for the whole cluster, which pods can mount. All service accounts may read
          # them.
          metadata ObjectMeta @1  # Standard metadata of the object: name, labels, annotations and so on.
          spec! ClusterTrustBundleSpec @2  # The signer, if any, and the certificates.

        type ClusterTrustBundleList kind  # A list of ClusterTrustBundle objects.
          items! [ClusterTrustBundle] @2  # The ClusterTrustBundle objects of the list.
          metadata ListMeta @1  # Metadata of the list: its resource version, and how to fetch the rest of a long one.

        type ClusterTrustBundleSpec  # The signer and the certificates of a bundle.
          signerName string @1
            # The signer the anchors belong to, if any. The object's name then starts with it, a slash replaced by a
            # colon; writing requires the verb attest on it. Immutable.
          trustBundle! string @2  # CA certificates in PEM, without duplicates or headers. Their order has no meaning.
        """#
}
