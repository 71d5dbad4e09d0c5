using System.Reflection;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>The notation, line by line.</summary>
public sealed class ApiListerTests
{
    static readonly string[] Lines = ApiLister.List(Assembly.GetExecutingAssembly());

    [Theory]
    [InlineData("T Orleans.ApiListerSamples.Made<TIn,TOut> delegate variance(in TIn,out TOut) (TIn input, params System.Int32[] more) : TOut")]
    [InlineData("T Orleans.ApiListerSamples.Letters enum : System.Byte")]
    [InlineData("V Orleans.ApiListerSamples.Letters B = 2")]
    [InlineData("T Orleans.ApiListerSamples.MarkAttribute sealed class : System.Attribute AttributeUsage(Class|Method; AllowMultiple=true; Inherited=true)")]
    [InlineData("T Orleans.ApiListerSamples.IThing<T> interface where T : class, System.IDisposable, new()")]
    [InlineData("P Orleans.ApiListerSamples.IThing<T> this[System.String name] : System.Int32 { get; }")]
    [InlineData("M Orleans.ApiListerSamples.IThing<T> Default(out System.Int32 number, ref T thing, in System.Int64 large) : void [default implementation]")]
    [InlineData("T Orleans.ApiListerSamples.Things abstract class : System.IDisposable")]
    [InlineData("C Orleans.ApiListerSamples.Things () [protected, Obsolete]")]
    [InlineData("E Orleans.ApiListerSamples.Things Happened : System.EventHandler")]
    [InlineData("F Orleans.ApiListerSamples.Things Name : System.String = \"things\" [const]")]
    [InlineData("F Orleans.ApiListerSamples.Things Age : System.TimeSpan [static, readonly]")]
    [InlineData("P Orleans.ApiListerSamples.Things Text : System.String { get; init; } [required]")]
    [InlineData("P Orleans.ApiListerSamples.Things Half : System.Int32 { get; protected set; }")]
    [InlineData("M Orleans.ApiListerSamples.Things op_Addition(Orleans.ApiListerSamples.Things left, Orleans.ApiListerSamples.Things right) : Orleans.ApiListerSamples.Things [static]")]
    [InlineData("M Orleans.ApiListerSamples.Things Dispose() : void [abstract]")]
    [InlineData("M Orleans.ApiListerSamples.Things ToString() : System.String [override]")]
    [InlineData("M Orleans.ApiListerSamples.Things Make<TItem>(TItem item, System.Nullable<System.TimeSpan> wait = null, Orleans.ApiListerSamples.Letters letter = Orleans.ApiListerSamples.Letters.B, System.String text = \"dev\", System.Boolean flag = false, System.Threading.CancellationToken token = default) : System.Threading.Tasks.Task<System.Collections.Generic.List<TItem>> where TItem : struct")]
    [InlineData("M Orleans.ApiListerSamples.Things Inner() : void [protected, virtual]")]
    [InlineData("T Orleans.ApiListerSamples.Pair readonly record struct : System.IEquatable<Orleans.ApiListerSamples.Pair>")]
    [InlineData("T Orleans.ApiListerSamples.Extensions static class")]
    [InlineData("M Orleans.ApiListerSamples.Extensions Twice(this System.Int32 number) : System.Int32 [static, Obsolete]")]
    public void A_line_reads(string line) => Assert.Contains(line, Lines);

    [Fact]
    public void What_is_internal_or_generated_is_not_listed()
    {
        Assert.DoesNotContain(Lines, line => line.Contains("Hidden", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, line => line.Contains("get_", StringComparison.Ordinal) || line.Contains("add_", StringComparison.Ordinal));
        Assert.DoesNotContain(Lines, line => line.Contains('`', StringComparison.Ordinal));
    }
}
