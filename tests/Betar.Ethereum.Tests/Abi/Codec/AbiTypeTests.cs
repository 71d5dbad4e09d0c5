using Betar.Ethereum.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Ethereum.Tests.Abi.Codec;

public sealed class AbiTypeTests
{
    [Theory]
    [InlineData("address", AbiKind.Address, 0, false)]
    [InlineData("bool", AbiKind.Bool, 0, false)]
    [InlineData("uint8", AbiKind.UnsignedInteger, 8, false)]
    [InlineData("uint256", AbiKind.UnsignedInteger, 256, false)]
    [InlineData("int24", AbiKind.SignedInteger, 24, false)]
    [InlineData("bytes1", AbiKind.FixedBytes, 1, false)]
    [InlineData("bytes32", AbiKind.FixedBytes, 32, false)]
    [InlineData("bytes", AbiKind.Bytes, 0, true)]
    [InlineData("string", AbiKind.Text, 0, true)]
    [InlineData("bool[]", AbiKind.List, 0, true)]
    [InlineData("bool[3]", AbiKind.FixedList, 3, false)]
    [InlineData("string[3]", AbiKind.FixedList, 3, true)]
    [InlineData("bool[3][]", AbiKind.List, 0, true)]
    [InlineData("bool[][3]", AbiKind.FixedList, 3, true)]
    [InlineData("()", AbiKind.Tuple, 0, false)]
    [InlineData("(address,uint256)", AbiKind.Tuple, 0, false)]
    [InlineData("(address,(string,bool)[2])[]", AbiKind.List, 0, true)]
    public void Names_are_read_and_written_the_same(string name, AbiKind kind, int size, bool dynamic)
    {
        var type = AbiType.Parse(name);
        Assert.Equal((name, kind, size, dynamic), (type.Name, type.Kind, type.Size, type.IsDynamic));
    }

    [Theory]
    [InlineData("uint", "uint256")]
    [InlineData("int", "int256")]
    [InlineData("(uint,int[])", "(uint256,int256[])")]
    public void Short_names_become_long(string name, string canonical) => Assert.Equal(canonical, AbiType.Parse(name).Name);

    [Theory]
    [InlineData("")]
    [InlineData("uint7")]
    [InlineData("uint0")]
    [InlineData("uint264")]
    [InlineData("uint08")]
    [InlineData("int+8")]
    [InlineData("bytes0")]
    [InlineData("bytes33")]
    [InlineData("bytes032")]
    [InlineData("Address")]
    [InlineData("address ")]
    [InlineData("address payable")]
    [InlineData("bool[0]")]
    [InlineData("bool[-1]")]
    [InlineData("bool[01]")]
    [InlineData("bool[4097]")]
    [InlineData("bool[")]
    [InlineData("bool]")]
    [InlineData("bool[]]")]
    [InlineData("(bool")]
    [InlineData("(bool,)")]
    [InlineData("(,bool)")]
    [InlineData("(bool;bool)")]
    [InlineData("(bool))")]
    [InlineData("bool,bool")]
    [InlineData("function")]
    [InlineData("tuple")]
    public void What_is_no_type_is_refused(string name)
    {
        Assert.False(AbiType.TryParse(name, out _));
        Assert.Throws<FormatException>(() => AbiType.Parse(name));
    }

    [Fact]
    public void Depth_size_and_length_are_bounded()
    {
        Assert.True(AbiType.TryParse("bool" + Repeat("[]", AbiType.MaxDepth), out _));
        Assert.False(AbiType.TryParse("bool" + Repeat("[]", AbiType.MaxDepth + 1), out _));
        Assert.True(AbiType.TryParse(Repeat("(", AbiType.MaxDepth) + "bool" + Repeat(")", AbiType.MaxDepth), out _));
        Assert.False(AbiType.TryParse(Repeat("(", AbiType.MaxDepth + 1) + "bool" + Repeat(")", AbiType.MaxDepth + 1), out _));
        Assert.True(AbiType.TryParse("bool[64][64]", out _));
        Assert.False(AbiType.TryParse("bool[64][65]", out _));
        Assert.False(AbiType.TryParse("(bool[4096],bool)", out _));
        Assert.False(AbiType.TryParse("(" + Repeat("bool,", 1000) + "bool)", out _));
        Assert.False(AbiType.TryParse(Repeat("(", 100_000), out _));
    }

    [Fact]
    public void Damaged_names_are_read_or_refused() => Fuzz.Mutate(
        "(address,(uint256[2],string)[],bytes32)"u8.ToArray(), 20_000, TestSeed.Value,
        bytes => _ = AbiType.TryParse(System.Text.Encoding.Latin1.GetString(bytes), out _));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
