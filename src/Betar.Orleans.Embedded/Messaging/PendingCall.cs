using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>A call as its caller's side holds it. Within one silo the same object is the callee's invocation.</summary>
internal abstract class PendingCall : Invocation
{
    private CancellationTokenRegistration _cancellation;

    protected PendingCall(CallNode node, GrainReference reference, IRequest request, InvokeMethodOptions options)
    {
        Node = node;
        Reference = reference;
        Request = request;
        Options = options;
    }

    // Links and stripe of CallTimeouts.
    public PendingCall? EarlierCall;
    public PendingCall? LaterCall;
    public int Stripe = -1;
    public long Deadline;
    public long SentAt;

    public CallNode Node { get; }

    public GrainReference Reference { get; }

    public sealed override GrainId Target => Reference.GrainId;

    public IGrainContext? SourceContext { get; set; }

    public sealed override GrainId? Source => SourceContext?.GrainId;

    public TimeSpan Timeout { get; set; }

    /// <summary>The number under which the answer comes back; 0: never left the silo.</summary>
    public long RemoteId { get; set; }

    public SiloAddress? SentTo { get; set; }

    public int Attempts { get; set; }

    public abstract bool IsCompleted { get; }

    public sealed override bool IsAbandoned => IsCompleted;

    protected abstract bool TrySetResponse(Response response);

    protected abstract bool TrySetException(Exception exception);

    protected abstract bool TrySetCanceled(CancellationToken token);

    public void WatchCancellation(CancellationToken token) =>
        _cancellation = token.UnsafeRegister(static (state, token) => ((PendingCall)state!).Cancel(token), this);

    public sealed override void Complete(Response response)
    {
        if (response.Exception is { } exception)
        {
            Fail(exception);
            return;
        }

        try
        {
            if (TrySetResponse(response))
                Release();
        }
        catch (Exception notCopied)
        {
            Fail(notCopied);
        }
    }

    public void Fail(Exception exception)
    {
        if (TrySetException(exception))
            Release();
    }

    /// <summary>Takes an answer that came as bytes; the state it may complain of is not that of the caller.</summary>
    public void FailFromFar(Exception exception)
    {
        if (exception is InconsistentStateException inconsistent)
            inconsistent.Owner = InconsistentStateException.Elsewhere;
        Fail(exception);
    }

    public void TimeOut()
    {
        if (!TrySetException(new TimeoutException(
            $"Response did not arrive on time in {Timeout} for {Request} to {Target}. The callee may still be running the request.")))
            return;
        Release();
        CancelAtCallee();
    }

    public sealed override void Reroute(Silo silo) => Node.Route(this);

    /// <summary>Reads a result of the type that this caller waits for.</summary>
    public abstract void CompleteFromFar(ReadOnlyMemory<byte> payload);

    private void Cancel(CancellationToken token)
    {
        if (!TrySetCanceled(token))
            return;
        Release();
        CancelAtCallee();
    }

    private void CancelAtCallee()
    {
        if (!Request.IsCancellable)
            return;
        if (SentTo is { } silo)
            Node.SendCancel(silo, RemoteId);
        else
            Host?.Post(new ActionItem(static request => ((IRequest)request!).TryCancel(), Request));
    }

    protected void Release()
    {
        _cancellation.Unregister();
        Node.Release(this);
    }
}
