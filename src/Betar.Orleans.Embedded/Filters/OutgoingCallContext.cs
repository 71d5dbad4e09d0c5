using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call on its way through the caller's filters.</summary>
internal sealed class OutgoingCallContext(
    CallNode node, IOutgoingGrainCallFilter[] filters, GrainReference reference, IRequest request, Func<Task<Response>> send)
    : GrainCallContext(request, reference.GrainId, RuntimeContext.Current?.GrainId, node.Types), IOutgoingGrainCallContext
{
    private int _stage;

    public override object? Grain => reference;

    public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

    public static async ValueTask<T> InvokeAsync<T>(
        CallNode node, IOutgoingGrainCallFilter[] filters, GrainReference reference, IRequest request, InvokeMethodOptions options)
    {
        async Task<Response> Send() => Response.FromResult(await node.Send<T>(reference, request, options));
        var context = new OutgoingCallContext(node, filters, reference, request, Send);
        await context.Invoke();
        return context.Response is { } response ? response.GetResult<T>() : default!;
    }

    public override async Task Invoke()
    {
        var stage = _stage++;
        if (stage < filters.Length)
            await filters[stage].Invoke(this);
        else
            Response = await send();
    }
}
