namespace Betar.Ethereum;

/// <summary>Whether a node is worth asking: after failures in a row it is left alone for a while, then tried with one question.</summary>
internal sealed class EndpointCircuit(QuorumEndpoint endpoint, QuorumOptions options, TimeProvider time, Action<EndpointEvent>? report)
{
    readonly Lock _gate = new();
    int _failures;
    long _openedAt;
    bool _isOpen;
    bool _isTried;

    internal string Name => endpoint.Name;

    internal IChainClient Client => endpoint.Client;

    internal bool IsOpen
    {
        get
        {
            lock (_gate)
                return _isOpen;
        }
    }

    /// <summary>False while it is left alone. True for one caller once the time is over.</summary>
    internal bool TryEnter()
    {
        lock (_gate)
        {
            if (!_isOpen)
                return true;
            if (_isTried || time.GetElapsedTime(_openedAt) < options.OpenTime)
                return false;
            return _isTried = true;
        }
    }

    internal void Succeed(string method)
    {
        bool closed;
        lock (_gate)
        {
            closed = _isOpen;
            (_failures, _isOpen, _isTried) = (0, false, false);
        }

        if (closed)
            report?.Invoke(new EndpointEvent(Name, EndpointEventKind.Closed, method));
    }

    internal void Fail(string method)
    {
        bool opened;
        lock (_gate)
        {
            _failures = Math.Min(_failures + 1, options.FailuresToOpen);
            opened = !_isOpen && _failures == options.FailuresToOpen;
            if (opened || _isTried)
                (_isOpen, _isTried, _openedAt) = (true, false, time.GetTimestamp());
        }

        if (opened)
            report?.Invoke(new EndpointEvent(Name, EndpointEventKind.Opened, method));
    }

    /// <summary>It was asked and nobody waited for the answer: that says nothing about it.</summary>
    internal void Leave()
    {
        lock (_gate)
            _isTried = false;
    }

    internal void Outvote(string method)
    {
        report?.Invoke(new EndpointEvent(Name, EndpointEventKind.Outvoted, method));
        Fail(method);
    }
}
