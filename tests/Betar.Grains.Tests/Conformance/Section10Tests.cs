using Betar.Grains.Tests.Payments;

namespace Betar.Grains.Tests.Conformance;

/// <summary>What the original does badly with what it logs is not so here; the numbers are those of docs/conformance.md.</summary>
public sealed class Section10Tests
{
    [Fact]
    public void Row15_a_signature_stands_in_no_text() => new OrderStateTests().An_orders_signature_is_not_in_its_text();
}
