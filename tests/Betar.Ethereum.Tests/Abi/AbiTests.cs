using System.Text;
using Betar.Crypto;
using Betar.Ethereum.Tests.Support;
using FsCheck.Fluent;

namespace Betar.Ethereum.Tests.Abi;

public sealed class AbiTests
{
    [Theory]
    [InlineData("transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)", TokenAbi.TransferWithAuthorizationVrs)]
    [InlineData("transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,bytes)", TokenAbi.TransferWithAuthorizationBytes)]
    [InlineData("cancelAuthorization(address,bytes32,uint8,bytes32,bytes32)", TokenAbi.CancelAuthorization)]
    [InlineData("authorizationState(address,bytes32)", TokenAbi.AuthorizationState)]
    [InlineData("balanceOf(address)", TokenAbi.BalanceOf)]
    [InlineData("transfer(address,uint256)", TokenAbi.Transfer)]
    [InlineData("totalSupply()", TokenAbi.TotalSupply)]
    [InlineData("name()", TokenAbi.Name)]
    [InlineData("version()", TokenAbi.Version)]
    [InlineData("decimals()", TokenAbi.Decimals)]
    [InlineData("DOMAIN_SEPARATOR()", TokenAbi.DomainSeparator)]
    public void Selectors_are_the_hashes_of_their_functions(string function, uint selector) =>
        Assert.Equal(Convert.ToHexStringLower(Keccak256.Hash(Encoding.ASCII.GetBytes(function)))[..8], selector.ToString("x8", null));

    [Fact]
    public void Topics_are_the_hashes_of_their_events()
    {
        Assert.Equal(TestKeys.NonceOf("Transfer(address,address,uint256)"), TokenAbi.TransferTopic);
        Assert.Equal(TestKeys.NonceOf("AuthorizationUsed(address,bytes32)"), TokenAbi.AuthorizationUsedTopic);
        Assert.Equal(TestKeys.NonceOf("AuthorizationCanceled(address,bytes32)"), TokenAbi.AuthorizationCanceledTopic);
    }

    [Fact]
    public void Words_and_texts_are_read_as_written() => Property.Holds(
        from address in Property.Bytes(20, 20)
        from number in Property.Bytes(0, 32)
        from hash in Property.Bytes(32, 32)
        from first in Property.Bytes(0, 100)
        from second in Property.Bytes(0, 100)
        select (address, number, hash, first, second),
        x =>
        {
            var data = AbiWriter.Call(0xdeadbeef, 5).Add(new Address(x.address)).AddBytes(x.first).Add(UInt256.ReadBigEndian(x.number))
                .AddBytes(x.second).Add(new Hash32(x.hash)).ToArray();
            return data.Length % 32 == 4
                && AbiReader.TryOpenCall(data, 0xdeadbeef, out var reader)
                && reader.TryReadAddress(out var address) && address == new Address(x.address)
                && reader.TryReadBytes(100, out var first) && first.SequenceEqual(x.first)
                && reader.TryReadUInt256(out var number) && number == UInt256.ReadBigEndian(x.number)
                && reader.TryReadBytes(100, out var second) && second.SequenceEqual(x.second)
                && reader.TryReadHash32(out var hash) && hash == new Hash32(x.hash);
        });

    [Fact]
    public void Words_that_do_not_fit_their_type_are_refused()
    {
        var full = Enumerable.Repeat((byte)0xff, 32).ToArray();
        Assert.False(new AbiReader(full).TryReadAddress(out _));
        Assert.False(new AbiReader(full).TryReadUInt64(out _));
        Assert.False(new AbiReader(full).TryReadByte(out _));
        Assert.False(new AbiReader(full).TryReadBool(out _));
        Assert.False(new AbiReader(full.AsSpan(1)).TryReadWord(out _));
        var two = new byte[32];
        two[31] = 2;
        Assert.False(new AbiReader(two).TryReadBool(out _));
        Assert.True(new AbiReader(two).TryReadByte(out var read));
        Assert.Equal(2, read);
    }

    [Fact]
    public void Dynamic_parts_outside_the_data_are_refused()
    {
        var good = AbiWriter.Result(1).AddBytes([1, 2, 3]).ToArray();
        Assert.True(new AbiReader(good).TryReadBytes(3, out _));
        Assert.False(new AbiReader(good).TryReadBytes(2, out _));
        Assert.False(new AbiReader(good.AsSpan(0, 64)).TryReadBytes(3, out _));

        var offset = good.ToArray();
        offset[31] = 0xff;
        Assert.False(new AbiReader(offset).TryReadBytes(3, out _));
        offset[24] = 0xff;
        Assert.False(new AbiReader(offset).TryReadBytes(3, out _));

        var length = good.ToArray();
        length[63] = 0xff;
        Assert.False(new AbiReader(length).TryReadBytes(1000, out _));
        length[32] = 0xff;
        Assert.False(new AbiReader(length).TryReadBytes(1000, out _));
    }

    [Fact]
    public void Strings_are_UTF_8()
    {
        Assert.True(new AbiReader(AbiWriter.Result(1).AddString("USD₮").ToArray()).TryReadString(10, out var text));
        Assert.Equal("USD₮", text);
        Assert.False(new AbiReader(AbiWriter.Result(1).AddBytes([0xff, 0xfe]).ToArray()).TryReadString(10, out _));
    }

    [Fact]
    public void A_head_holds_what_it_was_made_for()
    {
        Assert.Throws<InvalidOperationException>(() => AbiWriter.Result(1).ToArray());
        Assert.Throws<InvalidOperationException>(() => AbiWriter.Result(1).Add(1UL).Add(1UL));
    }

    [Fact]
    public void A_string_result_is_as_other_libraries_write_it() => Assert.Equal(
        // Made with viem 2.56.8.
        "0000000000000000000000000000000000000000000000000000000000000020"
        + "0000000000000000000000000000000000000000000000000000000000000004"
        + "5553444300000000000000000000000000000000000000000000000000000000",
        Convert.ToHexStringLower(AbiWriter.Result(1).AddString("USDC").ToArray()));

    [Fact]
    public void Damaged_data_is_read_or_refused()
    {
        var good = AbiWriter.Call(0x08c379a0, 2).AddString("a reason").AddBytes(new byte[40]).ToArray();
        Fuzz.Mutate(good, 20_000, seed: 7, bytes =>
        {
            RevertReason.TryDecode(bytes, out _);
            var reader = new AbiReader(bytes);
            reader.TryReadAddress(out _);
            reader.TryReadBytes(50, out _);
            reader.TryReadString(50, out _);
            reader.TryReadUInt64(out _);
        });
    }
}
