namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>What generated code does, not only that it compiles: a value of an odd shape comes back, and a copy holds the same.</summary>
public sealed class ContractTests
{
    /// <summary>Types; how to make a value; what to show of it; what it shows.</summary>
    public static TheoryData<string, string, string, string> Shapes => new()
    {
        { "[GenerateSerializer] public class C { [Id(0)] public int A { get; set; } }", "new C { A = 7 }", "$\"{((C)value).A}\"", "7" },
        { "[GenerateSerializer] public class C { [Id(0)] private int _a; public C(int a) => _a = a; public int A => _a; }", "new C(7)", "$\"{((C)value).A}\"", "7" },
        { "[GenerateSerializer] public class C { [Id(0)] public readonly string A; public C(string a) => A = a; }", "new C(\"x\")", "((C)value).A", "x" },
        { "[GenerateSerializer] public class C { [Id(0)] public required string A { get; init; } [Id(1)] public int B { get; private set; } = 3; public C Up() { B++; return this; } }", "new C { A = \"x\" }.Up()", "((C)value).A + ((C)value).B", "x4" },
        { "[GenerateSerializer] public class C { [NonSerialized] private int _half; [Id(0)] private int Twice { get => _half * 2; set => _half = value / 2; } public static C Of(int twice) => new() { Twice = twice }; public int Half => _half; }", "C.Of(8)", "$\"{((C)value).Half}\"", "4" },
        { "[GenerateSerializer] public record R(int A, string B) { [Id(0)] public int C { get; set; } }", "new R(1, \"b\") { C = 3 }", "value.ToString()!", "R { A = 1, B = b, C = 3 }" },
        { "[GenerateSerializer] public record struct R(int A, string B);", "new R(1, \"b\")", "value.ToString()!", "R { A = 1, B = b }" },
        { "[GenerateSerializer] public readonly struct S { [Id(0)] public readonly long A; public S(long a) => A = a; }", "new S(long.MinValue)", "$\"{((S)value).A}\"", "-9223372036854775808" },
        { "[GenerateSerializer] public abstract record B(int A); [GenerateSerializer] public sealed record D(int A, string C) : B(A);", "new D(1, \"c\")", "value.ToString()!", "D { A = 1, C = c }" },
        { "[GenerateSerializer] public class B { [Id(0)] private int _x; public int X => _x; protected void SetX(int x) => _x = x; } [GenerateSerializer] public class D : B { [Id(0)] private int _x; public D Set() { SetX(1); _x = 2; return this; } public string Both => $\"{X}{_x}\"; }", "new D().Set()", "((D)value).Both", "12" },
        { "[GenerateSerializer] public class G<T> { [Id(0)] public T? A { get; set; } [Id(1)] public List<T> B { get; } = new(); }", "new G<string> { A = \"a\", B = { \"b\", \"c\" } }", "((G<string>)value).A + string.Join(\"\", ((G<string>)value).B)", "abc" },
        { "public static class O<T> { [GenerateSerializer] public class I { [Id(0)] public T? A; } }", "new O<int>.I { A = 5 }", "$\"{((O<int>.I)value).A}\"", "5" },
        { "[GenerateSerializer] public enum E : ulong { Big = ulong.MaxValue } [GenerateSerializer] public class C { [Id(0)] public E? A { get; set; } [Id(1)] public object? B { get; set; } }", "new C { A = E.Big, B = E.Big }", "$\"{((C)value).A}{((C)value).B}{((C)value).B!.GetType().Name}\"", "BigBigE" },
        { "[GenerateSerializer] public class @class { [Id(0)] public int @event { get; set; } [Id(1)] public string? @namespace; }", "new @class { @event = 1, @namespace = \"n\" }", "((@class)value).@namespace + ((@class)value).@event", "n1" },
        { "[GenerateSerializer] public class C { [Id(0)] public (int A, (string B, C? C) D) T { get; set; } }", "new C { T = (1, (\"b\", new C { T = (2, (\"c\", null)) })) }", "((C)value).T.D.B + ((C)value).T.D.C!.T.A", "b2" },
        { "[GenerateSerializer] public class X : Exception { public X(string m, int code) : base(m) => Code = code; [Id(0)] public int Code { get; private set; } }", "new X(\"m\", 4)", "((X)value).Message + ((X)value).Code", "m4" },
        { "[GenerateSerializer] public class C { [NonSerialized] private int _left = 5; [Id(0)] public int A; public int Left => _left; public C Spend() { _left = 1; return this; } }", "new C { A = 2 }.Spend()", "$\"{((C)value).A}\"", "2" },
        { "[GenerateSerializer] public class C { [Id(3)] public int C3; [Id(1)] public int C1; [Id(2)] public int C2; [Id(4000000000)] public int Far; }", "new C { C1 = 1, C2 = 2, C3 = 3, Far = 4 }", "$\"{((C)value).C1}{((C)value).C2}{((C)value).C3}{((C)value).Far}\"", "1234" },
        { "public class F { public int V; } [GenerateSerializer] public struct S { [Id(0)] public int V; } [RegisterConverter] public sealed class Conv : IConverter<F, S> { public F ConvertFromSurrogate(in S s) => new() { V = s.V }; public S ConvertToSurrogate(in F f) => new() { V = f.V }; }", "new F { V = 6 }", "$\"{((F)value).V}\"", "6" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_value_comes_back_and_a_copy_holds_the_same(string types, string make, string show, string shown)
    {
        var contract = Contract.Of(types, make, show);
        Assert.Equal(shown, contract.Made());
        Assert.Equal(shown, contract.Read(contract.Write()));
        Assert.Equal(shown, contract.Copied());
    }

    [Fact]
    public void A_member_that_stays_behind_comes_back_as_the_constructor_made_it()
    {
        var contract = Contract.Of(
            "[GenerateSerializer] public class C { [NonSerialized] private int _left = 5; [Id(0)] public int A; public int Left => _left; public C Spend() { _left = 1; return this; } }",
            "new C { A = 2 }.Spend()", "$\"{((C)value).A}{((C)value).Left}\"");
        Assert.Equal("21", contract.Made());
        Assert.Equal("25", contract.Read(contract.Write()));
    }

    [Fact]
    public void What_two_members_share_is_shared_on_the_other_side_and_in_a_copy()
    {
        var contract = Contract.Of(
            "[GenerateSerializer] public class N { [Id(0)] public N? Left; [Id(1)] public N? Right; }",
            "Knot()", "$\"{ReferenceEquals(((N)value).Left, ((N)value).Right)} {ReferenceEquals(((N)value).Left!.Left, value)}\"; private static N Knot() { var n = new N(); n.Left = n.Right = new N { Left = n }; return n; }  private static string Unused() => \"\"");
        Assert.Equal("True True", contract.Made());
        Assert.Equal("True True", contract.Read(contract.Write()));
        Assert.Equal("True True", contract.Copied());
    }

    [Fact]
    public void A_member_marked_immutable_is_shared_by_a_copy_and_any_other_is_not()
    {
        const string Types = "[GenerateSerializer] public class C { [Id(0), Immutable] public int[] Kept = Shared.Kept; [Id(1)] public int[] Own = Shared.Own; } public static class Shared { public static readonly int[] Kept = { 1 }, Own = { 2 }; }";
        const string Show = "$\"{ReferenceEquals(((C)value).Kept, Shared.Kept)} {ReferenceEquals(((C)value).Own, Shared.Own)}\"";
        Assert.Equal("True False", Contract.Of(Types, "new C()", Show).Copied());
    }
}
