using Betar.Ethereum.Eip712;

namespace Betar.Ethereum.Tests.Eip712;

public sealed class TypedStructsTests
{
    [Theory]
    [InlineData("uint")]
    [InlineData("uint7")]
    [InlineData("int264")]
    [InlineData("bytes33")]
    [InlineData("bytes0")]
    [InlineData("Missing")]
    [InlineData("Missing[]")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("bool[0]")]
    [InlineData("bool[-1]")]
    [InlineData("bool[01]")]
    [InlineData("bool[4097]")]
    [InlineData("bool]")]
    [InlineData("bool[][][][][]")]
    [InlineData("(bool)")]
    [InlineData("bool[] ")]
    public void A_type_that_is_not_known_is_refused(string type) => Refused(("T", [new TypedMember("a", type)]));

    [Theory]
    [InlineData("bool[][][][]")]
    [InlineData("bool[4096]")]
    [InlineData("T[]")]
    [InlineData("T")]
    public void Types_at_their_limits_are_taken(string type) =>
        Assert.True(TypedStructs.TryCreate(Types(("T", [new TypedMember("a", type)])), out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("1T")]
    [InlineData("T T")]
    [InlineData("T,a")]
    [InlineData("uint256")]
    [InlineData("(bool)")]
    [InlineData("größe")]
    public void A_struct_needs_a_name_of_its_own(string name) => Refused((name, [new TypedMember("a", "bool")]));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a)Evil(bool b")]
    public void A_member_needs_a_name(string name) => Refused(("T", [new TypedMember(name, "bool")]));

    [Fact]
    public void A_member_twice_is_refused() => Refused(("T", [new("a", "bool"), new("a", "bool")]));

    [Fact]
    public void Too_many_structs_or_members_are_refused()
    {
        var members = Enumerable.Range(0, TypedStructs.MaxMembers).Select(i => new TypedMember($"m{i}", "bool")).ToArray();
        var structs = Enumerable.Range(0, TypedStructs.MaxStructs).Select(i => ($"T{i}", members)).ToArray();
        Assert.True(TypedStructs.TryCreate(Types(structs), out _, out _));
        Refused([.. structs, ("More", members)]);
        Refused(("T", [.. members, new TypedMember("more", "bool")]));
    }

    [Fact]
    public void A_struct_that_names_itself_has_one_signature() =>
        Assert.Equal("T(T[] a,B b)B(T t)", TypedStructs.Create(("T", [new("a", "T[]"), new("b", "B")]), ("B", [new("t", "T")])).EncodeType("T"));

    [Fact]
    public void A_faulty_literal_is_a_bug() =>
        Assert.Throws<FormatException>(() => TypedStructs.Create(("T", [new TypedMember("a", "word")])));

    static void Refused(params (string, TypedMember[])[] types)
    {
        Assert.False(TypedStructs.TryCreate(Types(types), out var structs, out var fault));
        Assert.Null(structs);
        Assert.NotEmpty(fault);
    }

    static Dictionary<string, IReadOnlyList<TypedMember>> Types(params (string Name, TypedMember[] Members)[] types) =>
        types.ToDictionary(type => type.Name, type => (IReadOnlyList<TypedMember>)type.Members);
}
