using System.Reflection;
using Betar.House.Tests.Support;

namespace Betar.House.Tests.Money;

/// <summary>Amounts are whole units: no floating point, and no decimal either, anywhere in the rooms that money passes through.</summary>
public sealed class FloatingPointTests
{
    /// <summary>Members that use such a number for something that is no amount.</summary>
    private static readonly Dictionary<string, string> Justified = new()
    {
        ["Betar.Ethereum.Devnet.FaultPlan.Set "] = "a delay in milliseconds",
        ["Betar.X402.Verification.PaymentOffer.ToRequirements "] = "the payment window in whole seconds",
        ["Betar.Storage.BetarDatabaseOptions.Faults "] = "a duration's range in words",
        ["Betar.Storage.Sqlite.SqliteConnection.Open "] = "SQLite's busy time-out in milliseconds",
        ["Betar.Storage.Ledger.LedgerOptions.AddFaults "] = "a duration's range in words",
        ["Betar.Grains.Gateway."] = "times of the gateway, which knows no amount",
        ["Betar.Grains.Payments.PaymentInstruments.s_stages "] = "how long a stage took",
        ["Betar.Grains.Payments.PaymentInstruments.OnStage "] = "how long a stage took",
        ["Betar.Grains.Payments.PaymentInstruments..cctor "] = "how long a stage took",
        ["Betar.Grains.Workflows.WorkflowTasks+<DriveAsync>"] = "the growing pause between two tries",
        ["Betar.Grains.Workflows.WorkflowTasks+<SettleAsync>"] = "the growing pause between two tries",
        ["Betar.Grains.Buying.PurchaseGrain.Step "] = "how long a step took",
        ["Betar.Grains.Buying.PurchaseGrain+<ShowUntilHeard>"] = "the growing pause between two tries",
    };

    [Fact]
    public void No_member_of_a_money_room_has_to_do_with_floating_point()
    {
        var found = Rooms.Money.SelectMany(room => FloatingPoint.Find(Rooms.Load(room)))
            .Where(use => !Justified.Keys.Any(name => use.StartsWith(name, StringComparison.Ordinal)));

        Findings.None(found);
    }

    [Fact]
    public void No_justification_is_left_without_its_member()
    {
        var uses = Rooms.Money.SelectMany(room => FloatingPoint.Find(Rooms.Load(room))).ToList();

        Assert.All(Justified, entry =>
        {
            Assert.NotEmpty(entry.Value);
            Assert.Contains(uses, use => use.StartsWith(entry.Key, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Every_way_to_use_one_is_found()
    {
        var found = FloatingPoint.Find(typeof(Samples)).Select(use => use.Split(' ')[0].Split('.', '+')[^1]).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["Argument", "Call", "Constant", "Convert", "Decimal", "Field", "List", "Local", "Optional", "Result", "get_Property"], found);
    }

#pragma warning disable CA1822, CA1823, IDE0051, IDE0060, CS0169, CS0649, CA1801
    private sealed class Samples
    {
        public float Field;

        public double? Optional;

        public List<double[]>? List;

        public double Property => 0;

        public decimal Decimal() => 0;

        public void Argument(double value) => GC.KeepAlive(this);

        public float Result() => Field;

        public long Local()
        {
            var span = TimeSpan.FromTicks(1).TotalSeconds;
            GC.KeepAlive(span);
            return (long)span;
        }

        public long Constant(long value) => value * 0.5 > 1 ? 1 : 0;

        public bool Convert(int value, long other) => (double)value > other;

        public long Call() => (long)Math.Round(1.5m);

        public long Clean(long value) => value / 2;
    }
#pragma warning restore CA1822, CA1823, IDE0051, IDE0060, CS0169, CS0649, CA1801
}
