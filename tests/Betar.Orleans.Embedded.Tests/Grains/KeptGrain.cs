using Orleans;

namespace Betar.Orleans.Embedded.Tests;

[GrainType("kept")]
[KeepAlive]
public sealed class KeptGrain : ListedGrain;
