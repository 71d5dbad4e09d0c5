using System.Text.Json;
using Betar.X402.Extensions;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Extensions;

public class PaymentIdentifierTests
{
    [Theory]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789_ABC-DEF", true)]
    [InlineData("0123456789 abcdef", false)]
    [InlineData("0123456789äbcdef", false)]
    public void A_name_has_its_form(string name, bool valid) => Assert.Equal(valid, PaymentIdentifier.IsValid(name));

    [Fact]
    public void A_name_has_a_longest_length()
    {
        Assert.True(PaymentIdentifier.IsValid(new string('a', 128)));
        Assert.False(PaymentIdentifier.IsValid(new string('a', 129)));
    }

    [Theory]
    [InlineData("{}", true, null)]
    [InlineData("""{"payment-identifier":7}""", true, null)]
    [InlineData("""{"payment-identifier":{"info":{"required":true}}}""", true, null)]
    [InlineData("""{"payment-identifier":{"info":{"id":"0123456789abcdef"}}}""", true, "0123456789abcdef")]
    [InlineData("""{"payment-identifier":{"info":{"id":"short"}}}""", false, null)]
    [InlineData("""{"payment-identifier":{"info":{"id":7}}}""", false, null)]
    public void A_name_is_read_where_it_stands(string json, bool readable, string? expected)
    {
        Assert.Equal(readable, PaymentIdentifier.TryRead(Json(json), out var name));
        Assert.Equal(expected, name);
    }

    [Fact]
    public void A_buyers_copy_is_the_sellers_with_a_name_that_is_the_same_for_the_same_intent()
    {
        var declared = PaymentIdentifier.Declaration(true);

        var (one, again, other) = (PaymentIdentifier.Answer(declared, "a"), PaymentIdentifier.Answer(declared, "a"), PaymentIdentifier.Answer(declared, "b"));

        Assert.True(JsonSubset.Holds(declared, one));
        Assert.True(PaymentIdentifier.TryRead(one, out var name) & PaymentIdentifier.TryRead(again, out var same) & PaymentIdentifier.TryRead(other, out var another));
        Assert.Equal((name, true), (same, name != another));
        Assert.True(PaymentIdentifier.IsValid(name!));
        Assert.Equal("pay_ca978112ca1bbdcafac231b39a23dc4da786eff8", name);
    }

    [Theory]
    [InlineData("""{"other":{"info":{}}}""")]
    [InlineData("""{"payment-identifier":[]}""")]
    [InlineData("""{"payment-identifier":{"info":1}}""")]
    public void What_asks_for_no_name_goes_back_as_it_is(string json) =>
        Assert.Equal(json, PaymentIdentifier.Answer(Json(json), "a")!.Value.GetRawText());

    [Fact]
    public void Without_extensions_there_are_none() => Assert.Null(PaymentIdentifier.Answer(null, "a"));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
