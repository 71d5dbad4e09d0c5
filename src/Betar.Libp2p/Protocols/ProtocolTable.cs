namespace Betar.Libp2p.Protocols;

/// <summary>Who serves what. Exact names come before predicates; predicates are asked in the order of their registration.</summary>
internal sealed class ProtocolTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProtocolRegistration> _exact = new(StringComparer.Ordinal);
    private readonly List<ProtocolRegistration> _predicates = [];

    /// <summary>The names that others are told have changed.</summary>
    public event Action? Changed;

    public IReadOnlyList<string> Names
    {
        get
        {
            lock (_lock)
                return [.. _exact.Keys.Order(StringComparer.Ordinal)];
        }
    }

    public IDisposable Add(ProtocolRegistration registration)
    {
        lock (_lock)
        {
            if (registration.Matches is not null)
                _predicates.Add(registration);
            else if (!_exact.TryAdd(registration.Name, registration))
                throw new InvalidOperationException($"Protocol {registration.Name} has a handler already.");
        }

        NotifyOf(registration);
        return new Removal(this, registration);
    }

    public ProtocolRegistration? Find(string protocol)
    {
        lock (_lock)
            return _exact.GetValueOrDefault(protocol) ?? _predicates.Find(entry => entry.Matches!(protocol));
    }

    /// <summary>The options of a registration, by its name.</summary>
    public ProtocolOptions? OptionsOf(string name)
    {
        lock (_lock)
            return (_exact.GetValueOrDefault(name) ?? _predicates.Find(entry => entry.Name == name))?.Options;
    }

    private void Remove(ProtocolRegistration registration)
    {
        lock (_lock)
        {
            // Whoever takes back twice must not take what somebody else has registered since.
            if (registration.Matches is not null)
                _predicates.RemoveAll(entry => ReferenceEquals(entry, registration));
            else if (!ReferenceEquals(_exact.GetValueOrDefault(registration.Name), registration) || !_exact.Remove(registration.Name))
                return;
        }

        NotifyOf(registration);
    }

    private void NotifyOf(ProtocolRegistration registration)
    {
        if (registration.Matches is null)
            Changed?.Invoke();
    }

    private sealed class Removal(ProtocolTable table, ProtocolRegistration registration) : IDisposable
    {
        public void Dispose() => table.Remove(registration);
    }
}
