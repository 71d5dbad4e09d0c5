using System.Collections.Immutable;

namespace Betar.Semantics.Tests.Serialization.Contracts;

/// <summary>Every collection that a contract of ours uses.</summary>
[GenerateSerializer]
public sealed class Wardrobe
{
    [Id(0)]
    public int[]? Array { get; set; }

    [Id(1)]
    public byte[]? Bytes { get; set; }

    [Id(2)]
    public List<string>? List { get; set; }

    [Id(3)]
    public Dictionary<string, int>? Dictionary { get; set; }

    [Id(4)]
    public HashSet<Guid>? Set { get; set; }

    [Id(5)]
    public Queue<int>? Queue { get; set; }

    [Id(6)]
    public Stack<int>? Stack { get; set; }

    [Id(7)]
    public ImmutableArray<int> ImmutableArray { get; set; }

    [Id(8)]
    public ImmutableList<string>? ImmutableList { get; set; }

    [Id(9)]
    public ImmutableDictionary<string, int>? ImmutableDictionary { get; set; }

    [Id(10)]
    public SortedDictionary<string, int>? Sorted { get; set; }

    [Id(11)]
    public Dictionary<int, List<string[]>>? Nested { get; set; }

    [Id(12)]
    public IEnumerable<int>? Sequence { get; set; }

    [Id(13)]
    public KeyValuePair<string, int> Pair { get; set; }

    [Id(14)]
    public ReadOnlyMemory<byte> Memory { get; set; }

    [Id(15)]
    public string?[]? Holes { get; set; }
}
