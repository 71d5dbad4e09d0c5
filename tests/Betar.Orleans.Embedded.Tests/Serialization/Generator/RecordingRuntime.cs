using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>Stands in for a silo: keeps what references send, and answers from a target after a trip over the wire.</summary>
internal sealed class RecordingRuntime : IGrainReferenceRuntime
{
    public object? Target { get; set; }

    public IInvokable? Sent { get; private set; }

    public InvokeMethodOptions Options { get; private set; }

    public async ValueTask<T> InvokeMethodAsync<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        (await Run(request, options)).GetResult<T>();

    public async ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        (await Run(request, options)).GetResult<object?>();

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) => Run(request, options).AsTask();

    public object Cast(IAddressable grain, Type interfaceType) => throw new NotSupportedException();

    private async ValueTask<Response> Run(IInvokable request, InvokeMethodOptions options)
    {
        Sent = request;
        Options = options;
        var received = SerializerHost.RoundTrip(request);
        received.SetTarget(new Holder(Target));
        return SerializerHost.RoundTrip(await received.Invoke());
    }

    public sealed class Holder(object? target) : ITargetHolder
    {
        public object? GetTarget() => target;

        public object? GetComponent(Type componentType) => componentType.IsInstanceOfType(target) ? target : null;
    }
}
