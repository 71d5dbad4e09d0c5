using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call that nobody waits for.</summary>
internal sealed class OneWayCall : Invocation
{
    private readonly CallNode _node;

    public OneWayCall(CallNode node, GrainId target, GrainId? source, IRequest request, InvokeMethodOptions options)
    {
        _node = node;
        Target = target;
        Source = source;
        Request = request;
        Options = options;
    }

    public override GrainId Target { get; }

    public override GrainId? Source { get; }

    public int Attempts { get; set; }

    public override void Complete(Response response)
    {
        if (response.Exception is { } exception)
            _node.LogOneWayFailed(Request.GetActivityName(), Target, exception);
    }

    public override void Reroute(Silo silo) => silo.Route(this);
}
