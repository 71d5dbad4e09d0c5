using Betar.Mutants.Tests.Support;

namespace Betar.Mutants.Tests.Making;

/// <summary>Each kind of mistake, where it can be made and where it cannot.</summary>
public sealed class KindTests
{
    [Theory]
    [InlineData("comparison", "bool F(int x) => x < 3;", "x <= 3¦x >= 3")]
    [InlineData("comparison", "bool F(int x) => x >= 3;", "x > 3¦x < 3")]
    [InlineData("comparison", "bool F(int x) => x == 3;", "x != 3")]
    [InlineData("comparison", "bool F(int x) => x is > 3;", "<= 3¦>= 3")]
    [InlineData("logic", "bool F(bool x, bool y) => x && y;", "(x || y)")]
    [InlineData("logic", "bool F(bool x, bool y) => x || y;", "(x && y)")]
    [InlineData("logic", "bool F(bool x) => !x;", "x")]
    [InlineData("logic", "bool F(object x) => x is null;", "x is not (null)")]
    [InlineData("logic", "bool F(object x) => x is not null;", "x is  null")]
    [InlineData("logic", "bool F(int x) => x is 1 or 2;", "x is not (1 or 2)¦1 and 2")]
    [InlineData("logic", "void F(bool x) { if (x) G(); }", "!(x)")]
    [InlineData("logic", "void F(bool x) { while (G()) H(); }", "!(G())")]
    [InlineData("logic", "void F(bool x) { if (x == y) G(); }", null)]
    [InlineData("arithmetic", "int F(int x) => x + y;", "x - y")]
    [InlineData("arithmetic", "int F(int x) => x << y;", "x >> y")]
    [InlineData("arithmetic", "void F(int x) { x += y; }", "x -= y")]
    [InlineData("arithmetic", "void F(int x) { x++; }", "x--")]
    [InlineData("arithmetic", "int F() => 7;", "8¦6")]
    [InlineData("arithmetic", "ulong F() => 0UL;", "1UL")]
    [InlineData("removed", "void F() { G(); }", "")]
    [InlineData("removed", "async Task F() { await G(); }", "")]
    [InlineData("removed", "void F() => G();", "=> ")]
    [InlineData("removed", "int F(int x) { if (x > 1) { throw new E(\"x\"); } return 1; }", "¦")]
    [InlineData("removed", "void F(int x) { LogIt(x); }", null)]
    [InlineData("removed", "bool F() { return false; }", null)]
    [InlineData("removed", "bool F() { return X; }", "")]
    [InlineData("removed", "int F(int x) { for (;;) { return 0; } }", "")]
    [InlineData("constant", "bool F(int x) => x.Y;", "=> true¦=> false")]
    [InlineData("constant", "async Task<bool> F(int x) { return x.Y; }", "return true;¦return false;")]
    [InlineData("constant", "string? F(int x) => x.Y;", "=> null")]
    [InlineData("constant", "int F(int x) => x.Y;", "=> 0")]
    [InlineData("constant", "object F(int x) => x.Y;", null)]
    [InlineData("literal", "string F() => \"word\";", "\"\"")]
    [InlineData("literal", "string F() => \"\";", "\"mutant\"")]
    [InlineData("literal", "bool F() => true;", "false")]
    [InlineData("literal", "string F() => \"A sentence for people.\";", null)]
    [InlineData("literal", "string F(int x) => $\"At most {x} of them.\";", null)]
    [InlineData("literal", "string F(int x) => $\"{x} of them\";", "\"\"")]
    [InlineData("literal", "string F() => throw new E(\"words\");", null)]
    [InlineData("literal", "string F() => nameof(x);", null)]
    [InlineData("null", "string F(string? x) => x ?? G();", "(x)!¦(G())")]
    [InlineData("null", "void F(string? x) { x ??= G(); }", "x = G()")]
    [InlineData("call", "int F(int x) => Math.Min(x, y);", "Math.Max")]
    [InlineData("constant of a set", "object F() => Colour.Blue;", "Colour.Red")]
    [InlineData("constant of a set", "object F() => Other.Blue;", null)]
    public void A_mistake_of_this_kind_becomes(string kind, string method, string? expected) =>
        Assert.Equal(expected is null ? [] : expected.Split('¦').Order(), Changes.OfMethod(kind, method).Order());

    [Theory]
    [InlineData("class A { [Name(\"x\", 3)] partial void F(); }")]
    [InlineData("class A { public override int GetHashCode() => 3 + 4; }")]
    [InlineData("class A { private const int X = 3; }")]
    public void Nothing_is_changed_in(string text) => Assert.Empty(Changes.Of(text));

    [Fact]
    public void A_mutant_says_where_and_what()
    {
        var mutant = Changes.Of("class A\n{\n    int F(int x) => x + G();\n}").Single(mutant => mutant.Kind == "arithmetic");

        Assert.Equal("src/A.cs:3 arithmetic: x + G() → x - G()", mutant.ToString());
    }

    [Fact]
    public void What_a_static_member_begins_with_runs_once() => Assert.Equal(
        [true, true, false, false],
        Changes.Of("class A { static int X = 3; int Y { get; } = 3; }").Select(mutant => mutant.Once));
}
