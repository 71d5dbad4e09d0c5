using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Decides which request may run, runs it, and goes on with those that wait.</summary>
internal sealed partial class Activation
{
    private Invocation? _firstWaiting;
    private Invocation? _lastWaiting;
    private int _specialWaiting;
    private int _running;
    private int _blocking;
    private bool _blockedByReadOnly;

    public void Receive(Invocation call)
    {
        call.Host = this;
        if (call.CountsAsUse)
            LastUsed = (call as PendingCall)?.SentAt ?? Silo.Now;
        if (_state == ActivationState.Valid && MayStart(call, out var interleaves))
        {
            Start(call, interleaves);
            return;
        }

        switch (_state)
        {
            case ActivationState.Gone:
                Leave(call);
                call.Reroute(Silo);
                break;
            case ActivationState.Created:
                Wait(call);
                _ = ActivateAsync(call.Context);
                break;
            default:
                Wait(call);
                break;
        }
    }

    private bool MayStart(Invocation call, out bool interleaves)
    {
        interleaves = call.IsAlwaysInterleave || IsInReentrantSection(call);
        if (_extras?.Reason is not null)
            return interleaves && _running > 0;
        interleaves |= Type.IsReentrant || (Type.MayInterleave is { } predicate && call.Request is not null && predicate(call.Request));
        return interleaves || _blocking == 0 || (_blockedByReadOnly && call.IsReadOnly);
    }

    private bool IsInReentrantSection(Invocation call) =>
        call.Context is { } context && context.ReentrancyId != Guid.Empty
        && _extras?.ReentrantSections is { } sections && sections.ContainsKey(context.ReentrancyId);

    private void Start(Invocation call, bool interleaves)
    {
        if (call.IsAbandoned)
        {
            Leave(call);
            call.Drop();
            return;
        }

        if (call.Context is { } context)
            RequestContext.Current = context;
        else if (RequestContext.Current is not null)
            RequestContext.Current = null;

        _running++;
        if (!interleaves)
        {
            call.Blocks = true;
            _blockedByReadOnly = call.IsReadOnly;
            _blocking++;
        }

        ValueTask<Response> answer;
        try
        {
            answer = call.InvokeAsync(this);
        }
        catch (Exception exception)
        {
            answer = new(Response.FromException(exception));
        }

        if (answer.IsCompletedSuccessfully)
            Finish(call, answer.Result);
        else
            _ = FinishLater(call, answer);
    }

    private async Task FinishLater(Invocation call, ValueTask<Response> answer)
    {
        Response response;
        try
        {
            response = await answer;
        }
        catch (Exception exception)
        {
            response = Response.FromException(exception);
        }

        if (call.CountsAsUse)
            LastUsed = Silo.Now;
        Finish(call, response);
        GoOn();
    }

    private void Finish(Invocation call, Response response)
    {
        _running--;
        if (call.Blocks)
            _blocking--;
        if (response.Exception is InconsistentStateException { Owner: var owner } inconsistent && (owner is null || ReferenceEquals(owner, this)))
        {
            inconsistent.Owner = this;
            Require(new(DeactivationReasonCode.ApplicationError, inconsistent, "The stored state is not the one that was read."));
        }

        Leave(call);
        call.Complete(response);
        if (_running == 0 && _extras?.Reason is not null)
            DeactivateNow();
    }

    /// <summary>Starts those that wait, in order, as far as they may now.</summary>
    private void GoOn()
    {
        Invocation? before = null;
        for (var call = _firstWaiting; call is not null && _state == ActivationState.Valid;)
        {
            var next = (Invocation?)call.Next;
            if (MayStart(call, out var interleaves))
            {
                Unlink(before, call);
                Start(call, interleaves);
            }
            else if (MaySkipTheRest())
            {
                break;
            }
            else
            {
                before = call;
            }

            call = next;
        }
    }

    /// <summary>Behind a plain request only special ones could pass; when none waits there is no need to look.</summary>
    private bool MaySkipTheRest() =>
        _blocking > 0 && !_blockedByReadOnly && _specialWaiting == 0 && Type.MayInterleave is null && _extras?.ReentrantSections is not { Count: > 0 };

    private void Wait(Invocation call)
    {
        call.Next = null;
        if (_lastWaiting is null)
            _firstWaiting = call;
        else
            _lastWaiting.Next = call;
        _lastWaiting = call;
        if (call.IsAlwaysInterleave)
            _specialWaiting++;
    }

    private void Unlink(Invocation? before, Invocation call)
    {
        if (before is null)
            _firstWaiting = (Invocation?)call.Next;
        else
            before.Next = call.Next;
        if (ReferenceEquals(_lastWaiting, call))
            _lastWaiting = before;
        call.Next = null;
        if (call.IsAlwaysInterleave)
            _specialWaiting--;
    }

    private void Leave(Invocation call)
    {
        call.Host = null;
        _group?.Left(this);
    }

    private Invocation? TakeWaiting()
    {
        var call = _firstWaiting;
        if (call is not null)
            Unlink(null, call);
        return call;
    }
}
