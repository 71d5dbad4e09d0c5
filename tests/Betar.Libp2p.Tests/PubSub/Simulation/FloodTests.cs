using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Fifty hosts, and one liar for five of them.</summary>
public sealed class FloodTests(ITestOutputHelper output) : FloodAttacks(output, 50, 10);
