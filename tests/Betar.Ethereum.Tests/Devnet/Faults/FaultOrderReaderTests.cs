using System.Text;
using Betar.Ethereum.Devnet;
using Betar.Ethereum.Tests.Support;

namespace Betar.Ethereum.Tests.Devnet.Faults;

public sealed class FaultOrderReaderTests
{
    static FaultOrder Read(string order)
    {
        Assert.True(FaultOrderReader.TryRead(Encoding.UTF8.GetBytes($"[{order}]"), out var read, out var fault), fault);
        return read!;
    }

    [Fact]
    public void Each_kind_with_all_its_members()
    {
        Assert.Equal(new FaultOrder(FaultKind.None), Read("""{"kind":"none"}"""));
        Assert.Equal(new FaultOrder(FaultKind.Delay) { Milliseconds = 30, Count = 2 }, Read("""{"kind":"delay","milliseconds":30,"count":2}"""));
        Assert.Equal(new FaultOrder(FaultKind.Revert) { Reason = "r", Count = 2 }, Read("""{"reason":"r","count":"0x2","kind":"revert"}"""));
        Assert.Equal(new FaultOrder(FaultKind.DropAnswer), Read("""{"kind":"dropAnswer"}"""));
        Assert.Equal(new FaultOrder(FaultKind.Outage) { Milliseconds = 3_600_000 }, Read("""{"kind":"outage","milliseconds":3600000}"""));
        Assert.Equal(new FaultOrder(FaultKind.Reorg) { Blocks = 3 }, Read("""{"kind":"reorg","blocks":3,"transactions":"pool"}"""));
        Assert.Equal(new FaultOrder(FaultKind.Reorg) { Blocks = 1, Vanish = true }, Read("""{"kind":"reorg","blocks":1,"transactions":"vanish"}"""));
    }

    [Theory]
    [InlineData("""{"kind":"delay"}""", "a delay needs milliseconds")]
    [InlineData("""{"kind":"reorg"}""", "a reorg needs blocks, 1 or more")]
    [InlineData("""{"kind":"nothing"}""", "kind is none, delay, revert, dropAnswer, outage or reorg")]
    [InlineData("""{}""", "kind is none, delay, revert, dropAnswer, outage or reorg")]
    [InlineData("""{"kind":null}""", "kind is a name")]
    [InlineData("""{"kind":"delay","milliseconds":"soon"}""", "milliseconds is 1 to 3600000")]
    [InlineData("""{"kind":"revert","count":2147483648}""", "count is 1 or more")]
    [InlineData("""{"kind":"reorg","blocks":null}""", "blocks is 1 or more")]
    [InlineData("""{"kind":"reorg","blocks":1,"transactions":true}""", "transactions is pool or vanish")]
    [InlineData("""{"kind":"delay","ms":5}""", "members are kind, milliseconds, count, reason, blocks and transactions")]
    [InlineData("5", "one object with a kind: none, delay, revert, dropAnswer, outage or reorg")]
    public void Each_fault_says_what_is_wanted(string order, string wanted)
    {
        Assert.False(FaultOrderReader.TryRead(Encoding.UTF8.GetBytes($"[{order}]"), out var read, out var fault));
        Assert.Null(read);
        Assert.Equal(wanted, fault);
    }

    [Fact]
    public void A_reason_has_an_end()
    {
        Assert.Equal(200, Read($$"""{"kind":"revert","reason":"{{new string('x', 200)}}"}""").Reason!.Length);
        Assert.False(FaultOrderReader.TryRead(Encoding.UTF8.GetBytes($$"""[{"kind":"revert","reason":"{{new string('x', 201)}}"}]"""), out _, out _));
    }

    [Fact]
    public void Nothing_at_all_is_no_order()
    {
        Assert.False(FaultOrderReader.TryRead(default, out _, out _));
        Assert.False(FaultOrderReader.TryRead("[]"u8.ToArray(), out _, out _));
        Assert.False(FaultOrderReader.TryRead("[null]"u8.ToArray(), out _, out _));
    }
}
