using Orleans;

namespace Betar.Benchmarks.Grains;

/// <summary>About as much as a small grain keeps.</summary>
[GenerateSerializer]
public sealed class WriterState
{
    [Id(0)]
    public long Count { get; set; }

    [Id(1)]
    public string Text { get; set; } = new('t', 100);
}
