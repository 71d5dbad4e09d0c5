using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>The same with three hundred.</summary>
[Trait("Category", "Long")]
public sealed class LargeFloodTests(ITestOutputHelper output) : FloodAttacks(output, 250, 50);
