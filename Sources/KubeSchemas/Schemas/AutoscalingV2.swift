/// The types and resources of `autoscaling/v2`; the text form is described in SchemaText.
extension BuiltinSchemas {
    static let autoscalingV2 = #"""
        package io.k8s.api.autoscaling.v2
        version autoscaling v2
        resource horizontalpodautoscalers HorizontalPodAutoscaler namespaced singular:horizontalpodautoscaler short:hpa categories:all
        subresource horizontalpodautoscalers/status HorizontalPodAutoscaler verbs:get,patch,update

        type ContainerResourceMetricSource
          container! string @3
          name! string @1
          target! MetricTarget @2

        type ContainerResourceMetricStatus
          container! string @3
          current! MetricValueStatus @2
          name! string @1

        type CrossVersionObjectReference
          apiVersion string @3
          kind! string @1
          name! string @2

        type ExternalMetricSource
          metric! MetricIdentifier @1
          target! MetricTarget @2

        type ExternalMetricStatus
          current! MetricValueStatus @2
          metric! MetricIdentifier @1

        type HPAScalingPolicy
          periodSeconds! int32 @3
          type! string @1
          value! int32 @2

        type HPAScalingRules
          policies [HPAScalingPolicy] @2
          selectPolicy string @1
          stabilizationWindowSeconds int32 @3
          tolerance quantity @4

        type HorizontalPodAutoscaler kind
          metadata ObjectMeta @1
          spec! HorizontalPodAutoscalerSpec @2
          status HorizontalPodAutoscalerStatus @3

        type HorizontalPodAutoscalerBehavior
          scaleDown HPAScalingRules @2
          scaleUp HPAScalingRules @1

        type HorizontalPodAutoscalerCondition
          lastTransitionTime time @3
          message string @5
          reason string @4
          status! string @2
          type! string @1

        type HorizontalPodAutoscalerList kind
          items! [HorizontalPodAutoscaler] @2
          metadata ListMeta @1

        type HorizontalPodAutoscalerSpec
          behavior HorizontalPodAutoscalerBehavior @5
          maxReplicas! int32 @3
          metrics [MetricSpec] @4
          minReplicas int32 @2
          scaleTargetRef! CrossVersionObjectReference @1

        type HorizontalPodAutoscalerStatus
          conditions [HorizontalPodAutoscalerCondition] @6 map(type) merge(type)
          currentMetrics [MetricStatus] @5
          currentReplicas int32 @3
          desiredReplicas! int32 @4
          lastScaleTime time @2
          observedGeneration int64 @1

        type MetricIdentifier
          name! string @1
          selector LabelSelector @2

        type MetricSpec
          containerResource ContainerResourceMetricSource @7
          external ExternalMetricSource @5
          object ObjectMetricSource @2
          pods PodsMetricSource @3
          resource ResourceMetricSource @4
          type! string @1

        type MetricStatus
          containerResource ContainerResourceMetricStatus @7
          external ExternalMetricStatus @5
          object ObjectMetricStatus @2
          pods PodsMetricStatus @3
          resource ResourceMetricStatus @4
          type! string @1

        type MetricTarget
          averageUtilization int32 @4
          averageValue quantity @3
          type! string @1
          value quantity @2

        type MetricValueStatus
          averageUtilization int32 @3
          averageValue quantity @2
          value quantity @1

        type ObjectMetricSource
          describedObject! CrossVersionObjectReference @1
          metric! MetricIdentifier @3
          target! MetricTarget @2

        type ObjectMetricStatus
          current! MetricValueStatus @2
          describedObject! CrossVersionObjectReference @3
          metric! MetricIdentifier @1

        type PodsMetricSource
          metric! MetricIdentifier @1
          target! MetricTarget @2

        type PodsMetricStatus
          current! MetricValueStatus @2
          metric! MetricIdentifier @1

        type ResourceMetricSource
          name! string @1
          target! MetricTarget @2

        type ResourceMetricStatus
          current! MetricValueStatus @2
          name! string @1
        """#
}
