/// What is read of containerd's event service (`containerd.services.events.v1`) and of the events themselves.
extension MessageSchemas {
    package static let containerdV1 = MessageSchemas(
        text: #"""
            package containerd.v1
            version - v1
            type SubscribeRequest
              filters [string] @1

            type TypedEvent
              typeUrl! string @1
              value! bytes @2

            type Envelope
              namespace! string @2
              topic! string @3
              event TypedEvent @4

            type TaskDelete
              containerId! string @1
              pid! int64 @2
              exitStatus! int64 @3
              id! string @5

            type ImageEvent
              name! string @1
            """#)
}
