using Orleans;
using Orleans.Placement;

namespace Betar.Orleans.Embedded.Tests;

[GrainType("nearby")]
[PreferLocalPlacement]
public sealed class NearbyGrain : ListedGrain;
