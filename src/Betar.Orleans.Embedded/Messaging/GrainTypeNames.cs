using System.Collections.Concurrent;

namespace Orleans.Runtime;

/// <summary>Keeps one copy of each grain type's name, so that reading a message does not copy it.</summary>
internal sealed class GrainTypeNames
{
    private const int MaxNames = 4096;
    private readonly ConcurrentDictionary<uint, GrainType> _names = new();

    public GrainType Intern(ReadOnlySpan<byte> name)
    {
        var hash = StableHash.Compute(name);
        if (_names.TryGetValue(hash, out var known) && known.AsSpan().SequenceEqual(name))
            return known;
        var type = new GrainType(name.ToArray());
        if (_names.Count < MaxNames)
            _names.TryAdd(hash, type);
        return type;
    }
}
