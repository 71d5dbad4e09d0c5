namespace Betar.Ethereum.Tests.Abi;

public sealed class RevertReasonTests
{
    // Made with viem 2.56.8.
    const string Used =
        "08c379a00000000000000000000000000000000000000000000000000000000000000020000000000000000000000000000000000000000000000000000000000000002e"
        + "46696174546f6b656e56323a20617574686f72697a6174696f6e2069732075736564206f722063616e63656c6564000000000000000000000000000000000000";

    [Fact]
    public void The_reason_of_the_token_is_read_and_written()
    {
        Assert.True(RevertReason.TryDecode(Convert.FromHexString(Used), out var reason));
        Assert.Equal("FiatTokenV2: authorization is used or canceled", reason);
        Assert.Equal(Used, Convert.ToHexStringLower(RevertReason.Encode(reason)));
    }

    [Fact]
    public void Other_reverts_have_no_reason()
    {
        Assert.False(RevertReason.TryDecode([], out _));
        Assert.False(RevertReason.TryDecode([0x08, 0xc3, 0x79], out _));
        Assert.False(RevertReason.TryDecode(Convert.FromHexString("4e487b71" + new string('0', 62) + "11"), out _)); // Panic(uint256)
        Assert.False(RevertReason.TryDecode(RevertReason.Encode(new string('x', RevertReason.MaxBytes + 1)), out _));
        Assert.True(RevertReason.TryDecode(RevertReason.Encode(new string('x', RevertReason.MaxBytes)), out _));
    }
}
