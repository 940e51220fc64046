/// The types and resources of `resource.k8s.io/v1alpha3`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let resourceV1alpha3 = #"""
        package io.k8s.api.resource.v1alpha3
        version resource.k8s.io v1alpha3
        resource devicetaintrules DeviceTaintRule cluster singular:devicetaintrule
        subresource devicetaintrules/status DeviceTaintRule verbs:get,patch,update
        resource resourcepoolstatusrequests ResourcePoolStatusRequest cluster singular:resourcepoolstatusrequest
        subresource resourcepoolstatusrequests/status ResourcePoolStatusRequest verbs:get,patch,update

        type DeviceTaint
          effect! string @3
          key! string @1
          timeAdded time @4
          value string @2

        type DeviceTaintRule kind
          metadata ObjectMeta @1
          spec! DeviceTaintRuleSpec @2
          status DeviceTaintRuleStatus @3

        type DeviceTaintRuleList kind
          items! [DeviceTaintRule] @2
          metadata ListMeta @1

        type DeviceTaintRuleSpec
          deviceSelector DeviceTaintSelector @1
          taint! DeviceTaint @2

        type DeviceTaintRuleStatus
          conditions [Condition] @1 map(type) merge(type)

        type DeviceTaintSelector
          device string @4
          driver string @2
          pool string @3

        type PoolStatus
          allocatedDevices int32 @5
          availableDevices int32 @6
          driver! string @1
          generation! int64 @9
          nodeName string @3
          poolName! string @2
          resourceSliceCount int32 @8
          totalDevices int32 @4
          unavailableDevices int32 @7
          validationError string @10

        type ResourcePoolStatusRequest kind
          metadata! ObjectMeta @1
          spec! ResourcePoolStatusRequestSpec @2
          status ResourcePoolStatusRequestStatus @3

        type ResourcePoolStatusRequestList kind
          items! [ResourcePoolStatusRequest] @2
          metadata ListMeta @1

        type ResourcePoolStatusRequestSpec
          driver! string @1
          limit int32 @3
          poolName string @2

        type ResourcePoolStatusRequestStatus
          conditions [Condition] @3 map(type) merge(type)
          poolCount! int32 @6
          pools [PoolStatus] @2
        """#
}
