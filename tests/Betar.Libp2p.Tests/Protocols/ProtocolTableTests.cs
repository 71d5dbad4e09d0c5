using Betar.Libp2p.Protocols;

namespace Betar.Libp2p.Tests.Protocols;

public sealed class ProtocolTableTests
{
    private static readonly ProtocolHandler Nothing = (_, _) => Task.CompletedTask;
    private static readonly ProtocolOptions Options = new();

    private readonly ProtocolTable _table = new();
    private int _changes;

    public ProtocolTableTests() => _table.Changed += () => _changes++;

    [Fact]
    public void An_exact_name_comes_before_a_predicate_that_takes_it_too()
    {
        var family = Add("family", protocol => protocol.StartsWith("/a/", StringComparison.Ordinal));
        var exact = Add("/a/1");

        Assert.Same(exact.Registration, _table.Find("/a/1"));
        Assert.Same(family.Registration, _table.Find("/a/2"));
        Assert.Null(_table.Find("/b/1"));
    }

    [Fact]
    public void Of_two_predicates_the_first_one_serves_until_it_is_gone()
    {
        var first = Add("first", _ => true);
        var second = Add("second", _ => true);
        Assert.Same(first.Registration, _table.Find("/x"));

        first.Handle.Dispose();

        Assert.Same(second.Registration, _table.Find("/x"));
    }

    [Fact]
    public void Others_are_told_of_exact_names_only_in_order()
    {
        Add("/b");
        Add("/a");
        Add("family", _ => true);
        Assert.Equal(["/a", "/b"], _table.Names);
        Assert.Equal(2, _changes);
    }

    [Fact]
    public void A_name_has_one_handler()
    {
        Add("/a");
        Assert.Contains("/a", Assert.Throws<InvalidOperationException>(() => Add("/a")).Message, StringComparison.Ordinal);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void What_was_taken_back_may_be_registered_again()
    {
        Add("/a").Handle.Dispose();
        Assert.Null(_table.Find("/a"));
        Assert.Empty(_table.Names);
        Add("/a");
        Assert.Equal(3, _changes);
    }

    [Fact]
    public void Taking_back_twice_does_not_take_what_somebody_else_has_registered_since()
    {
        var gone = Add("/a");
        gone.Handle.Dispose();
        var second = Add("/a");
        _changes = 0;

        gone.Handle.Dispose();

        Assert.Same(second.Registration, _table.Find("/a"));
        Assert.Equal(0, _changes);
    }

    [Fact]
    public void The_same_holds_for_predicates_that_look_the_same()
    {
        Predicate<string> all = _ => true;
        var (one, other) = (Registration("family", all), Registration("family", all) with { });
        var gone = _table.Add(one);
        gone.Dispose();
        _table.Add(other);

        gone.Dispose();

        Assert.Same(other, _table.Find("/x"));
    }

    [Fact]
    public void Options_are_found_by_the_name_of_either_kind()
    {
        var exact = Add("/a");
        var family = Add("family", _ => true);
        Assert.Same(exact.Registration.Options, _table.OptionsOf("/a"));
        Assert.Same(family.Registration.Options, _table.OptionsOf("family"));
        Assert.Null(_table.OptionsOf("/b"));
    }

    private (ProtocolRegistration Registration, IDisposable Handle) Add(string name, Predicate<string>? matches = null)
    {
        var registration = Registration(name, matches);
        return (registration, _table.Add(registration));
    }


    private static ProtocolRegistration Registration(string name, Predicate<string>? matches) =>
        new(name, matches, Nothing, matches is null ? new ProtocolOptions() : Options);
}
