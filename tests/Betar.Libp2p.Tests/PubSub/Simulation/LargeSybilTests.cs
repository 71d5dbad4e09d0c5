using Xunit.Abstractions;

namespace Betar.Libp2p.Tests.PubSub.Simulation;

/// <summary>Three hundred hosts; five hundred at a cold boot.</summary>
[Trait("Category", "Long")]
public sealed class LargeSybilTests(ITestOutputHelper output) : SybilAttacks(output, 100, 200);
