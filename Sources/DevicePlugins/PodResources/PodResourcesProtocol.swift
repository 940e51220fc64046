/// Names that the pod resources interface fixes.
package enum PodResourcesProtocol {
    package static let list = "/v1.PodResourcesLister/List"
    package static let allocatable = "/v1.PodResourcesLister/GetAllocatableResources"
    package static let get = "/v1.PodResourcesLister/Get"
}
