using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Tests.Serialization.Generator;

public sealed class GeneratorTests
{
    public static TheoryData<string> OddShapes => new(
        "[GenerateSerializer] public class @class { [Id(0)] public int @event { get; set; } [Id(1)] public string? @namespace; }",
        "namespace Orleans.Odd { [GenerateSerializer] public class System { [Id(0)] public int Value { get; set; } } }",
        "[GenerateSerializer] internal sealed record Empty;",
        "[GenerateSerializer] public abstract record Base(int A); [GenerateSerializer] public sealed record Derived(int A, string B) : Base(A);",
        "[GenerateSerializer] public readonly record struct Id(Guid Value); public interface IG : IGrainWithGuidKey { ValueTask<Id?> M(Id? id); }",
        "[GenerateSerializer] public struct Yes { [Id(0)] public int? Maybe; }",
        "[GenerateSerializer] public partial class P { [Id(0)] private int _a = 1; } public partial class P { [Id(1)] internal string B { get; private set; } = \"\"; public int A => _a; }",
        "[GenerateSerializer] public class G<T, U> where T : class, IComparable<T>, new() where U : unmanaged { [Id(0)] public T? A { get; init; } [Id(1)] public required U[] B { get; init; } [Id(2)] private readonly Dictionary<string, T> _c = new(); public int N => _c.Count; }",
        "public static class O { public class I<T> where T : notnull { [GenerateSerializer] internal struct D<U> where U : T { [Id(0)] public T A; [Id(1)] public U B; } } }",
        "[GenerateSerializer] public class Tree { [Id(0)] public Tree? Left { get; set; } [Id(1)] public List<Tree> Rest { get; } = new(); [Id(2)] public (int a, Tree? b) T { get; set; } }",
        "[GenerateSerializer] public enum E : ulong { A = ulong.MaxValue } [GenerateSerializer] public class C { [Id(0)] public E E { get; set; } [Id(1)] public nint? Nothing { get; set; } }",
        "[GenerateSerializer] public class X : Exception { public X(string m) : base(m) { } [Id(0)] public int Code { get; private set; } } [GenerateSerializer] public sealed class Y : X { public Y() : base(\"\") { } }",
        "[GenerateSerializer] public class K { [Id(0)] public object Gate { get; protected set; } = new(); [Id(1)] protected internal dynamic? D { get; set; } [Obsolete(\"old\")] [Id(2)] public int Old { get; set; } }",
        "public interface IA : IGrainWithStringKey { Task M(int a = 5, string b = \"x\", params string[] rest); } public interface IB : IA { new Task M(int a, string b, params string[] rest); Task N() => Task.CompletedTask; }",
        "public interface IT<T> : IGrainWithIntegerKey where T : IComparable<T> { Task<T> A(T x); Task<U> B<U>(U x, T y) where U : class, IDisposable, new(); } public interface IU<V> : IT<V> where V : IComparable<V> { } public interface IS : IU<string>, IT<int> { }",
        "public interface IC<T> : IGrainWithStringKey { Task<T> A(T t); } public interface ID<T> : IC<T> where T : class { } public interface IE<T> : IC<T> { } public interface IF : IC<int>, ID<string> { }",
        "internal static class H { internal interface IDeep : IGrainWithStringKey { Task<Dictionary<string, List<(int, string?)>>?> M(IDeep? other, CancellationToken ct); } }",
        "public interface IStream : IGrainWithGuidKey { IAsyncEnumerable<T> M<T>(T t, CancellationToken ct = default); [OneWay] Task Fire(); void Gone(object? o); }",
        "public interface IObs : IGrainObserver { void Seen(string what); } public class Seer { private sealed class O : IObs { public void Seen(string what) { } } }",
        "public interface IFoo : IGrainWithStringKey { static int Count => 3; static Task Helper() => Task.CompletedTask; Task M(); } public class Foo : Grain, IFoo { public Task M() => Task.CompletedTask; }",
        "public interface IE : IGrainExtension { Task M(int request, int context, int value, int _target); } public class Gr<T> : Grain, IGrainWithStringKey { }",
        "public interface IR : IGrainWithStringKey { Task<int[][]> A(int[,] no, int[]?[] yes); [ResponseTimeout(\"00:01:00\")] Task @return([Immutable] byte[] @in); }",
        "[RegisterConverter] internal sealed class Conv<T> : IConverter<Lazy<T>, Sur<T>> { public Lazy<T> ConvertFromSurrogate(in Sur<T> s) => new(s.V); public Sur<T> ConvertToSurrogate(in Lazy<T> v) => new() { V = v.Value }; } [GenerateSerializer] internal struct Sur<T> { [Id(0)] public T V; }");

    [Theory]
    [MemberData(nameof(OddShapes))]
    public void Odd_shapes_compile_without_a_warning(string source)
    {
        var compiled = Compiled.Of(source);
        Assert.Empty(compiled.Reported);
        Assert.DoesNotContain(compiled.Faults, static fault => fault.Id is not "CS0618");
        Assert.NotEmpty(compiled.Sources);
    }

    [Theory]
    [InlineData("BETAR1001", "[GenerateSerializer] public class C { [Id(0)] public int A { get; set; } [Id(0)] public int B { get; set; } }")]
    [InlineData("BETAR1002", "[GenerateSerializer] public class C { public int A { get; set; } }")]
    [InlineData("BETAR1002", "[GenerateSerializer] public class C { private int _a; public int A => ++_a; }")]
    [InlineData("BETAR1003", "[GenerateSerializer] public class C { [Id(0)] public int A => 5; }")]
    [InlineData("BETAR1004", "public class O { [GenerateSerializer] private class C { [Id(0)] public int A { get; set; } } }")]
    [InlineData("BETAR1004", "[GenerateSerializer] public class C { private struct S { } [Id(0)] private S A { get; set; } }")]
    [InlineData("BETAR1004", "public class O { private interface IG : IGrainWithStringKey { } }")]
    [InlineData("BETAR1004", "public interface IG : IGrainWithStringKey { } public class O { private class G : Grain, IG { } }")]
    [InlineData("BETAR1005", "public interface IG : IGrainWithStringKey { int M(); }")]
    [InlineData("BETAR1005", "public interface IG : IGrainWithStringKey { IEnumerable<int> M(); }")]
    [InlineData("BETAR1006", "public interface IG : IGrainWithStringKey { int P { get; } }")]
    [InlineData("BETAR1006", "public interface IG : IGrainWithStringKey { event Action E; }")]
    [InlineData("BETAR1007", "public interface IG : IGrainWithStringKey { Task M(ref int a); }")]
    [InlineData("BETAR1007", "public interface IG : IGrainWithStringKey { Task M(CancellationToken a, CancellationToken b); }")]
    public void What_cannot_work_is_refused_where_it_stands(string id, string source)
    {
        var compiled = Compiled.Of(source);
        var problem = Assert.Single(compiled.Reported);
        Assert.Equal(id, problem.Id);
        Assert.True(problem.Location.GetLineSpan().StartLinePosition.Line == 1, problem.Location.ToString());
    }

    [Fact]
    public void Members_that_stay_behind_on_purpose_are_no_problem() => Assert.Empty(Compiled.Of(
        """
        [GenerateSerializer]
        public class C
        {
            public const int Constant = 1;
            private static int s_shared;
            [NonSerialized] private int _left;
            [field: NonSerialized] public int Left { get; set; }
            public int Computed => _left + s_shared++;
            public event Action? Changed { add { } remove { } }
            public int this[int index] => index;
            [Id(0)] public int Kept { get; set; }
        }
        """).Ids());

    [Fact]
    public void Output_is_the_same_for_the_same_input()
    {
        const string Source = "[GenerateSerializer] public record R(int A); public interface IG : IGrainWithStringKey { Task<R> M(R r); }";
        Assert.Equal(Compiled.Of(Source).Sources, Compiled.Of(Source).Sources);
    }

    [Fact]
    public void An_edit_elsewhere_generates_nothing_anew()
    {
        var first = Compiled.Of("[GenerateSerializer] public record R(int A); public interface IG : IGrainWithStringKey { Task<R> M(R r); }");
        var second = first.With("internal class Elsewhere { public int Edited => 1; }");
        Assert.All(
            second.Driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void A_project_without_grains_and_contracts_gets_nothing() => Assert.Empty(Compiled.Of("internal class C { }").Sources);

    [Fact]
    public void Generated_code_says_that_it_is() =>
        Assert.All(Compiled.Of("[GenerateSerializer] public record R(int A);").Sources, static source =>
        {
            Assert.StartsWith("// <auto-generated/>", source, StringComparison.Ordinal);
            Assert.Contains("#pragma warning disable", source, StringComparison.Ordinal);
        });

    [Fact]
    public void Referenced_parts_are_named() => Assert.Contains(
        Compiled.Of("[GenerateSerializer] public record R(int A);").Sources,
        static source => source.Contains("ApplicationPart(\"Betar.Orleans.Embedded\")", StringComparison.Ordinal));
}
