using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One tick of a timer, in the queue of its activation like any request.</summary>
internal sealed class TimerTick : Invocation
{
    private readonly GrainTimer _timer;

    public TimerTick(GrainTimer timer)
    {
        _timer = timer;
        Options = timer.Options.Interleave ? InvokeMethodOptions.AlwaysInterleave : InvokeMethodOptions.None;
    }

    public override GrainId Target => default;

    public override GrainId? Source => null;

    public override bool IsAbandoned => _timer.IsStopped;

    public override bool CountsAsUse => _timer.Options.KeepAlive;

    public override async ValueTask<Response> InvokeAsync(Activation activation)
    {
        await _timer.TickAsync();
        return Response.Completed;
    }

    public override void Complete(Response response)
    {
        if (response.Exception is { } exception)
            _timer.LogFailed(exception);
    }

    public override void Reroute(Silo silo)
    {
        // The timer ended with its activation.
    }
}
