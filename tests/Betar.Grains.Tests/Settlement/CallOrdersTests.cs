using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;
using Betar.X402;
using Betar.X402.Settling;

namespace Betar.Grains.Tests.Settlement;

public sealed class CallOrdersTests
{
    private static readonly SettlementRequest s_full = new()
    {
        Key = Samples.Key,
        Call = new ContractCall(Samples.Payee, new byte[] { 0xab, 0xcd }, 123_456),
        Transfer = new ExpectedTransfer(Samples.Token, Samples.Payer, Samples.Payee, 1_000),
        Event = new ExpectedEvent(Samples.Payee, Samples.Transaction, Samples.Nonce),
        ValidBefore = 70,
        Since = 7,
        Use = new AuthorizationUse(Samples.Token, Samples.Payer, Samples.Nonce),
        MayRepeat = true,
    };

    [Fact]
    public void A_request_comes_back_as_it_went() => AssertSame(s_full, CallOrders.Of(CallOrders.Of(s_full)));

    [Fact]
    public void So_do_a_permit_and_what_expects_little()
    {
        SettlementRequest permit = s_full with { Use = null, Event = null, Permit = new PermitUse(Samples.Payee, Samples.Payer, UInt256.MaxValue) };
        AssertSame(permit, CallOrders.Of(CallOrders.Of(permit)));
        SettlementRequest plain = s_full with { Use = null, Event = null, Transfer = null };
        AssertSame(plain, CallOrders.Of(CallOrders.Of(plain)));
    }

    [Fact]
    public void What_nothing_guards_carries_its_key_behind_its_arguments()
    {
        SettlementRequest step = s_full with { Use = null, MayRepeat = false };
        string data = CallOrders.Of(step).Data;
        Assert.StartsWith("abcd", data, StringComparison.Ordinal);
        Assert.Equal(4 + 64, data.Length);
        Assert.Equal(data, CallOrders.Of(step).Data);
        Assert.NotEqual(data, CallOrders.Of(step with { Key = step.Key with { Nonce = new Nonce(Samples.Transaction) } }).Data);
        Assert.Equal("abcd", CallOrders.Of(s_full).Data);
    }

    [Fact]
    public void The_same_order_twice_is_equal_and_never_printed_with_its_data()
    {
        Assert.Equal(CallOrders.Of(s_full), CallOrders.Of(s_full));
        Assert.DoesNotContain("abcd", CallOrders.Of(s_full).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_without_a_key_is_a_bug() =>
        Assert.Throws<FormatException>(() => CallOrders.Of(CallOrders.Of(s_full) with { Payment = "a payment" }));

    private static void AssertSame(SettlementRequest expected, SettlementRequest actual)
    {
        Assert.Equal(expected.Call.Data.ToArray(), actual.Call.Data.ToArray());
        Assert.Equal(expected with { Call = actual.Call }, actual);
    }
}
