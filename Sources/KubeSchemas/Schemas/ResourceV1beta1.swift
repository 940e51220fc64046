/// The types and resources of `resource.k8s.io/v1beta1`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let resourceV1beta1 = #"""
        package io.k8s.api.resource.v1beta1
        version resource.k8s.io v1beta1
        resource deviceclasses DeviceClass cluster singular:deviceclass
        resource resourceclaims ResourceClaim namespaced singular:resourceclaim
        subresource resourceclaims/status ResourceClaim verbs:get,patch,update
        resource resourceclaimtemplates ResourceClaimTemplate namespaced singular:resourceclaimtemplate
        resource resourceslices ResourceSlice cluster singular:resourceslice

        type AllocatedDeviceStatus
          conditions [Condition] @4 map(type)
          data any @5
          device! string @3
          driver! string @1
          networkData NetworkDeviceData @6
          pool! string @2
          shareID string @7

        type AllocationResult
          allocationTimestamp time @5
          devices DeviceAllocationResult @1
          nodeSelector core.v1.NodeSelector @3

        type BasicDevice
          allNodes bool @6
          allowMultipleAllocations bool @11
          attributes {DeviceAttribute} @1
          bindingConditions [string] @9
          bindingFailureConditions [string] @10
          bindsToNode bool @8
          capacity {DeviceCapacity} @2
          consumesCounters [DeviceCounterConsumption] @3
          nodeAllocatableResourceMappings {NodeAllocatableResourceMapping} @12
          nodeName string @4
          nodeSelector core.v1.NodeSelector @5
          taints [DeviceTaint] @7

        type CELDeviceSelector
          expression! string @1

        type CapacityRequestPolicy
          default quantity @1
          validRange CapacityRequestPolicyRange @4
          validValues [quantity] @3

        type CapacityRequestPolicyRange
          max quantity @2
          min! quantity @1
          step quantity @3

        type CapacityRequirements
          requests {quantity} @1

        type Counter
          value! quantity @1

        type CounterSet
          counters! {Counter} @2
          name! string @1

        type Device
          basic BasicDevice @2
          name! string @1

        type DeviceAllocationConfiguration
          opaque OpaqueDeviceConfiguration @3/1
          requests [string] @2
          source! string @1

        type DeviceAllocationResult
          config [DeviceAllocationConfiguration] @2
          results [DeviceRequestAllocationResult] @1

        type DeviceAttribute
          bool bool @3
          bools [bool] @7
          int int64 @2
          ints [int64] @6
          string string @4
          strings [string] @8
          version string @5
          versions [string] @9

        type DeviceCapacity
          requestPolicy CapacityRequestPolicy @2
          value! quantity @1

        type DeviceClaim
          config [DeviceClaimConfiguration] @3
          constraints [DeviceConstraint] @2
          requests [DeviceRequest] @1

        type DeviceClaimConfiguration
          opaque OpaqueDeviceConfiguration @2/1
          requests [string] @1

        type DeviceClass kind
          metadata ObjectMeta @1
          spec! DeviceClassSpec @2

        type DeviceClassConfiguration
          opaque OpaqueDeviceConfiguration @1/1

        type DeviceClassList kind
          items! [DeviceClass] @2
          metadata ListMeta @1

        type DeviceClassSpec
          config [DeviceClassConfiguration] @2
          extendedResourceName string @4
          selectors [DeviceSelector] @1

        type DeviceConstraint
          distinctAttribute string @3
          matchAttribute string @2
          requests [string] @1

        type DeviceCounterConsumption
          counterSet! string @1
          counters! {Counter} @2

        type DeviceRequest
          adminAccess bool @6
          allocationMode string @4
          capacity CapacityRequirements @9
          count int64 @5
          deviceClassName string @2
          firstAvailable [DeviceSubRequest] @7
          name! string @1
          selectors [DeviceSelector] @3
          tolerations [DeviceToleration] @8

        type DeviceRequestAllocationResult
          adminAccess bool @5
          bindingConditions [string] @7
          bindingFailureConditions [string] @8
          consumedCapacity {quantity} @10
          device! string @4
          driver! string @2
          pool! string @3
          request! string @1
          shareID string @9
          tolerations [DeviceToleration] @6

        type DeviceSelector
          cel CELDeviceSelector @1

        type DeviceSubRequest
          allocationMode string @4
          capacity CapacityRequirements @8
          count int64 @5
          deviceClassName! string @2
          name! string @1
          selectors [DeviceSelector] @3
          tolerations [DeviceToleration] @7

        type DeviceTaint
          effect! string @3
          key! string @1
          timeAdded time @4
          value string @2

        type DeviceToleration
          effect string @4
          key string @1
          operator string @2 = "Equal"
          tolerationSeconds int64 @5
          value string @3

        type NetworkDeviceData
          hardwareAddress string @3
          interfaceName string @1
          ips [string] @2

        type NodeAllocatableResourceMapping
          allocationMultiplier quantity @2
          capacityKey string @1

        type OpaqueDeviceConfiguration
          driver! string @1
          parameters! any @2

        type ResourceClaim kind
          metadata ObjectMeta @1
          spec! ResourceClaimSpec @2
          status ResourceClaimStatus @3

        type ResourceClaimConsumerReference
          apiGroup string @1
          name! string @4
          resource! string @3
          uid! string @5

        type ResourceClaimList kind
          items! [ResourceClaim] @2
          metadata ListMeta @1

        type ResourceClaimSpec
          devices DeviceClaim @1

        type ResourceClaimStatus
          allocation AllocationResult @1
          devices [AllocatedDeviceStatus] @4 map(driver,device,pool,shareID)
          reservedFor [ResourceClaimConsumerReference] @2 map(uid) merge(uid)

        type ResourceClaimTemplate kind
          metadata ObjectMeta @1
          spec! ResourceClaimTemplateSpec @2

        type ResourceClaimTemplateList kind
          items! [ResourceClaimTemplate] @2
          metadata ListMeta @1

        type ResourceClaimTemplateSpec
          metadata ObjectMeta @1
          spec! ResourceClaimSpec @2

        type ResourcePool
          generation! int64 @2
          name! string @1
          resourceSliceCount! int64 @3

        type ResourceSlice kind
          metadata ObjectMeta @1
          spec! ResourceSliceSpec @2

        type ResourceSliceList kind
          items! [ResourceSlice] @2
          metadata ListMeta @1

        type ResourceSliceSpec
          allNodes bool @5
          devices [Device] @6
          driver! string @1
          nodeName string @3
          nodeSelector core.v1.NodeSelector @4
          perDeviceNodeSelection bool @7
          pool! ResourcePool @2
          sharedCounters [CounterSet] @8
        """#
}
