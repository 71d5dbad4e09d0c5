using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

/// <summary>
/// One contract in two versions, each compiled and loaded by itself, as two nodes or a node and its own stored state have them.
/// </summary>
public sealed class EvolutionTests
{
    /// <summary>The older types and value; the newer types and value; what each shows of the other's value.</summary>
    public static TheoryData<string, string, string, string, string, string> Allowed => new()
    {
        // A member more.
        {
            "[GenerateSerializer] public class C { [Id(0)] public int A; public override string ToString() => $\"{A}\"; }", "new C { A = 1 }", "2",
            "[GenerateSerializer] public class C { [Id(0)] public int A; [Id(1)] public string B = \"new\"; public override string ToString() => $\"{A} {B}\"; }", "new C { A = 2, B = \"b\" }", "1 new"
        },

        // A member more before, between and behind those that were there.
        {
            "[GenerateSerializer] public class C { [Id(5)] public int A; [Id(9)] public int B; public override string ToString() => $\"{A} {B}\"; }", "new C { A = 1, B = 2 }", "3 4",
            "[GenerateSerializer] public class C { [Id(0)] public List<int> X = new() { 7 }; [Id(5)] public int A; [Id(6)] public Guid Y; [Id(9)] public int B; [Id(99)] public double Z = 1; public override string ToString() => $\"{A} {B} {X.Count} {Z}\"; }", "new C { A = 3, B = 4, X = { 8 } }", "1 2 1 1"
        },

        // Another name for a member: the number is what counts.
        {
            "[GenerateSerializer] public class C { [Id(0)] public int Old; public override string ToString() => $\"{Old}\"; }", "new C { Old = 1 }", "2",
            "[GenerateSerializer] public class C { [Id(0)] public int Renamed { get; private set; } = 2; public override string ToString() => $\"{Renamed}\"; }", "new C()", "1"
        },

        // A wider integer.
        {
            "[GenerateSerializer] public class C { [Id(0)] public int A; public override string ToString() => $\"{A}\"; }", "new C { A = -5 }", "6",
            "[GenerateSerializer] public class C { [Id(0)] public long A; public override string ToString() => $\"{A}\"; }", "new C { A = 6 }", "-5"
        },

        // A value that may be missing from now on.
        {
            "[GenerateSerializer] public class C { [Id(0)] public int A; public override string ToString() => $\"{A}\"; }", "new C { A = 5 }", "6",
            "[GenerateSerializer] public class C { [Id(0)] public int? A; public override string ToString() => $\"{A}\"; }", "new C { A = 6 }", "5"
        },

        // A class becomes a record, a field a property.
        {
            "[GenerateSerializer] public class C { [Id(0)] public string A = \"\"; public override string ToString() => A; }", "new C { A = \"x\" }", "y",
            "[GenerateSerializer] public record C { [Id(0)] public string A { get; init; } = \"\"; public override string ToString() => A; }", "new C { A = \"y\" }", "x"
        },

        // A base class that grows, while the derived one stays.
        {
            "[GenerateSerializer] public class B { [Id(0)] public int X; } [GenerateSerializer] public class C : B { [Id(0)] public int A; public override string ToString() => $\"{X} {A}\"; }", "new C { X = 1, A = 2 }", "3 4",
            "[GenerateSerializer] public class B { [Id(0)] public int X; [Id(1)] public string? Y; } [GenerateSerializer] public class C : B { [Id(0)] public int A; public override string ToString() => $\"{X} {A} {Y}\"; }", "new C { X = 3, A = 4, Y = \"y\" }", "1 2 "
        },

        // An enum with a name more.
        {
            "[GenerateSerializer] public enum E { One = 1 } [GenerateSerializer] public class C { [Id(0)] public E A; public override string ToString() => $\"{A}\"; }", "new C { A = E.One }", "2",
            "[GenerateSerializer] public enum E { One = 1, Two = 2 } [GenerateSerializer] public class C { [Id(0)] public E A; public override string ToString() => $\"{A}\"; }", "new C { A = E.Two }", "One"
        },

        // A positional record with a parameter more at its end.
        {
            "[GenerateSerializer] public record C(int A) { public override string ToString() => $\"{A}\"; }", "new C(1)", "2",
            "[GenerateSerializer] public record C(int A, string? B = null) { public override string ToString() => $\"{A} {B ?? \"none\"}\"; }", "new C(2, \"b\")", "1 none"
        },

        // Another name for a type behind an alias.
        {
            "[GenerateSerializer, Alias(\"kept\")] public class Before { [Id(0)] public int A; public override string ToString() => $\"{A}\"; }", "new Before { A = 1 }", "2",
            "[GenerateSerializer, Alias(\"kept\")] public class After { [Id(0)] public int A; public override string ToString() => $\"{A}\"; }", "new After { A = 2 }", "1"
        },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Each_version_reads_what_the_other_wrote(string older, string olderValue, string shownByOlder, string newer, string newerValue, string shownByNewer)
    {
        var (old, current) = (Contract.Of(older, olderValue, "value.ToString()!"), Contract.Of(newer, newerValue, "value.ToString()!"));
        Assert.Equal(shownByNewer, current.Read(old.Write()));
        Assert.Equal(shownByOlder, old.Read(current.Write()));
    }

    [Theory]
    [InlineData("int", "7", "string", "\"x\"")]
    [InlineData("string", "\"x\"", "int", "7")]
    [InlineData("double", "1.5", "float", "1.5f")]
    [InlineData("Guid", "Guid.Empty", "int[]", "new int[0]")]
    [InlineData("List<int>", "new() { 1 }", "int[]", "new[] { 1 }")]
    public void A_member_that_became_something_else_is_refused_and_not_made_up(string oldType, string oldValue, string newType, string newValue)
    {
        var old = Contract.Of($"[GenerateSerializer] public class C {{ [Id(0)] public {oldType} A = {oldValue}; }}", "new C()", "value.ToString()!");
        var current = Contract.Of($"[GenerateSerializer] public class C {{ [Id(0)] public {newType} A = {newValue}; }}", "new C()", "value.ToString()!");
        Assert.Throws<SerializerException>(() => current.Read(old.Write()));
        Assert.Throws<SerializerException>(() => old.Read(current.Write()));
    }

    [Fact]
    public void A_type_that_the_other_version_does_not_have_is_named()
    {
        var with = Contract.Of("[GenerateSerializer] public class Extra { [Id(0)] public int A; }", "new Extra()", "\"\"");
        var without = Contract.Of("[GenerateSerializer] public class Other { [Id(0)] public int A; }", "new Other()", "\"\"");
        var refused = Assert.ThrowsAny<SerializerException>(() => without.Read(with.Write()));
        Assert.Contains("'Extra' is not known here", refused.Message, StringComparison.Ordinal);
    }
}
