using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>A call that came as bytes from another silo or a client.</summary>
internal sealed class IncomingCall : Invocation
{
    private readonly Silo _silo;
    private readonly long _deadline;
    private bool _cancelled;

    public IncomingCall(Silo silo, SiloAddress caller, in RequestHeader header, IRequest request)
    {
        _silo = silo;
        Caller = caller;
        Id = header.Id;
        Target = header.Target;
        Source = header.Source;
        Options = header.Options;
        Context = header.Context;
        Request = request;
        _deadline = header.TimeToLive == TimeSpan.Zero ? long.MaxValue : silo.DeadlineIn(header.TimeToLive);
    }

    public SiloAddress Caller { get; }

    public long Id { get; }

    public override GrainId Target { get; }

    public override GrainId? Source { get; }

    public override bool IsAbandoned => Volatile.Read(ref _cancelled) || (_deadline != long.MaxValue && _silo.Now >= _deadline);

    public override void Complete(Response response)
    {
        _silo.Forget(this);
        _silo.SendResponse(Caller, Id, response);
    }

    public override void Drop() => _silo.Forget(this);

    public override void Reroute(Silo silo)
    {
        _silo.Forget(this);
        _silo.SendRetry(Caller, Id);
    }

    public void Cancel()
    {
        Volatile.Write(ref _cancelled, true);
        Host?.Post(new ActionItem(static request => ((IRequest)request!).TryCancel(), Request));
    }
}
