using Orleans.CodeGeneration;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>The caller's side of calls.</summary>
internal abstract partial class CallNode
{
    // Each attempt found the grain gone from where it was; a cluster in which that happens this often is not one.
    private const int MaxAttempts = 16;

    public ValueTask<T> InvokeMethodAsync<T>(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        _outgoingFilters.Length == 0
            ? new(Send<T>(reference, (IRequest)request, options))
            : OutgoingCallContext.InvokeAsync<T>(this, _outgoingFilters, reference, (IRequest)request, options);

    public ValueTask InvokeMethodAsync(GrainReference reference, IInvokable request, InvokeMethodOptions options)
    {
        if (_outgoingFilters.Length != 0)
            return new(OutgoingCallContext.InvokeAsync<object?>(this, _outgoingFilters, reference, (IRequest)request, options).AsTask());
        if ((options & InvokeMethodOptions.OneWay) == 0)
            return new(Send<object?>(reference, (IRequest)request, options));
        SendOneWay(reference, (IRequest)request, options);
        return default;
    }

    public void InvokeMethod(GrainReference reference, IInvokable request, InvokeMethodOptions options) =>
        SendOneWay(reference, (IRequest)request, options | InvokeMethodOptions.OneWay);

    public Task<T> Send<T>(GrainReference reference, IRequest request, InvokeMethodOptions options)
    {
        if ((options & InvokeMethodOptions.OneWay) != 0)
        {
            SendOneWay(reference, request, options);
            return Task.FromResult<T>(default!);
        }

        var token = request.IsCancellable ? request.GetCancellationToken() : default;
        if (token.IsCancellationRequested)
            return Task.FromCanceled<T>(token);
        if (IsDisconnected)
            return Task.FromException<T>(new SiloUnavailableException($"{request} cannot be sent: its sender {Address} was stopped."));
        var timeout = request.GetDefaultResponseTimeout() ?? _responseTimeout;
        var call = new PendingCall<T>(this, reference, request, options)
        {
            SourceContext = RuntimeContext.Current,
            Context = OutgoingContext(),
            Timeout = timeout,
            SentAt = Now,
        };
        call.Deadline = DeadlineAfter(call.SentAt, timeout);
        Timeouts.Add(call);
        if (token.CanBeCanceled)
            call.WatchCancellation(token);
        Route(call);
        return call.Task;
    }

    /// <summary>Called once a call has its answer, whatever it is.</summary>
    public void Release(PendingCall call)
    {
        Timeouts.Remove(call);
        if (call.RemoteId != 0)
            _remote.TryRemove(call.RemoteId, out _);
    }

    /// <summary>For calls to grains that are not known to be here.</summary>
    protected void RouteByDirectory(Invocation call)
    {
        try
        {
            if (!Count(call))
                return;
            if (SystemTargets.TryGetSilo(call.Target, out var silo))
            {
                Deliver(call, silo);
                return;
            }

            var type = Types.Get(call.Target.Type);
            var lookup = type.IsStatelessWorker ? default : Directory.LookupAsync(call.Target);
            if (lookup.IsCompletedSuccessfully)
                Deliver(call, Choose(call, type, lookup.Result));
            else
                _ = Tasks.Run(() => DeliverLater(call, type, lookup.AsTask()));
        }
        catch (Exception exception)
        {
            call.Complete(Response.FromException(exception));
        }
    }

    protected abstract void DeliverHere(Invocation call);

    private async Task DeliverLater(Invocation call, GrainTypeInfo type, Task<GrainAddress?> lookup)
    {
        try
        {
            Deliver(call, Choose(call, type, await lookup));
        }
        catch (Exception exception)
        {
            call.Complete(Response.FromException(exception));
        }
    }

    private void Deliver(Invocation call, SiloAddress silo)
    {
        if (silo.Equals(Address))
            DeliverHere(call);
        else
            SendRequest(call, silo);
    }

    private SiloAddress Choose(Invocation call, GrainTypeInfo type, GrainAddress? registered)
    {
        var view = Membership.View;
        if (registered?.SiloAddress is { } silo && !view.IsDead(silo))
            return silo;
        var active = view.Active;
        if (active.IsEmpty)
            throw new SiloUnavailableException("No silo of the cluster is active.");

        // Whoever sent a call here has chosen already.
        return (type.PrefersLocal || call is IncomingCall) && active.Contains(Address) ? Address : active[Random.Next(active.Length)];
    }

    private static bool Count(Invocation call)
    {
        var attempts = call switch
        {
            PendingCall pending => ++pending.Attempts,
            OneWayCall oneWay => ++oneWay.Attempts,
            _ => 1,
        };
        if (attempts <= MaxAttempts)
            return true;
        call.Complete(Response.FromException(new OrleansMessageRejectionException(
            $"{call.Request} to {call.Target} found no activation in {MaxAttempts} attempts.")));
        return false;
    }

    private void SendOneWay(GrainReference reference, IRequest request, InvokeMethodOptions options) =>
        Route(new OneWayCall(this, reference.GrainId, RuntimeContext.Current?.GrainId, request, options) { Context = OutgoingContext() });

    /// <summary>The callee gets values of its own.</summary>
    private RequestContextValues? OutgoingContext()
    {
        if (RequestContext.Current is not { } current)
            return null;
        if (current.Entries is not { } entries)
            return current;
        var copy = new Dictionary<string, object>(entries.Count);
        foreach (var (key, value) in entries)
            copy[key] = value is string ? value : Copier.Copy(value);
        return RequestContextValues.Create(current.ReentrancyId, copy);
    }
}
