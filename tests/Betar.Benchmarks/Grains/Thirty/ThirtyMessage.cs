using Orleans;

namespace Betar.Benchmarks.Grains.Thirty;

[GenerateSerializer]
public sealed record ThirtyMessage([property: Id(0)] string Text, [property: Id(1)] long Number);
