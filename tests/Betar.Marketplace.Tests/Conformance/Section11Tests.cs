using Betar.Marketplace.Tests.Selling;

namespace Betar.Marketplace.Tests.Conformance;

/// <summary>What a peer of the original must do; the numbers are those of docs/conformance.md.</summary>
public sealed class Section11Tests
{
    [Fact]
    public void Line06_the_replicated_set_carries_what_an_original_reads() => new PublishingTests().The_set_carries_what_an_original_reads();
}
