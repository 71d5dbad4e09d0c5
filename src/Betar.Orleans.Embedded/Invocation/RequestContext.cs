using Orleans.Core.Internal;

namespace Orleans.Runtime;

/// <summary>Values that travel with every call that a call makes.</summary>
public static partial class RequestContext
{
    private static readonly AsyncLocal<RequestContextValues?> Values = new();

    /// <summary>Names the call chain that may come back in; empty: none may.</summary>
    public static Guid ReentrancyId
    {
        get => Values.Value?.ReentrancyId ?? Guid.Empty;
        set
        {
            var current = Values.Value;
            if ((current?.ReentrancyId ?? Guid.Empty) != value)
                Values.Value = RequestContextValues.Create(value, current?.Entries);
        }
    }

    public static IEnumerable<string> Keys => Values.Value?.Entries is { } entries ? entries.Keys : [];

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value?.Entries is { } entries ? entries : [];

    internal static RequestContextValues? Current
    {
        get => Values.Value;
        set => Values.Value = value;
    }

    public static object? Get(string key) => Values.Value?.Entries?.GetValueOrDefault(key);

    public static void Set(string key, object value)
    {
        var current = Values.Value;
        var entries = current?.Entries is { } old ? new Dictionary<string, object>(old) : [];
        entries[key] = value;
        Values.Value = RequestContextValues.Create(current?.ReentrancyId ?? Guid.Empty, entries);
    }

    public static bool Remove(string key)
    {
        if (Values.Value is not { Entries: { } old } current || !old.ContainsKey(key))
            return false;
        var entries = new Dictionary<string, object>(old);
        entries.Remove(key);
        Values.Value = RequestContextValues.Create(current.ReentrancyId, entries);
        return true;
    }

    public static void Clear()
    {
        if (Values.Value is not null)
            Values.Value = null;
    }

    /// <summary>Until disposed, calls that this chain makes may come back to this grain while it waits.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new(original, original == Guid.Empty ? Guid.NewGuid() : original);
    }

    /// <summary>Until disposed, calls that this chain makes may not come back.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    private static ICallChainReentrantGrainContext? Grain => RuntimeContext.Current as ICallChainReentrantGrainContext;
}
