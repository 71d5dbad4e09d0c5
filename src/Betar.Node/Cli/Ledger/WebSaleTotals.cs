using System.Text.Json;
using Betar.Storage.WebSales;
using Betar.X402;

namespace Betar.Node.Cli.Ledger;

/// <summary>The money of what was sold over HTTP: what came in is kept, gone back, or still held.</summary>
internal sealed record WebSaleTotals(int Sales, AtomicAmount In, AtomicAmount Kept, AtomicAmount PaidBack, AtomicAmount Owed, bool Conserved)
{
    public static WebSaleTotals Of(IReadOnlyList<WebSale> sales)
    {
        AtomicAmount came = default, kept = default, back = default, owed = default;
        foreach (var sale in sales)
        {
            came += sale.Sale.Money.Amount;
            kept += sale.Kept ?? default;
            if (sale.PaidBack.Length > 0)
                back += sale.GoesBack;
            else
                owed += sale.GoesBack;
        }

        return new WebSaleTotals(sales.Count, came, kept, back, owed, sales.All(sale => sale.IsConserved));
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("http");
        writer.WriteNumber("sales", Sales);
        writer.WriteString("in", In.ToString());
        writer.WriteString("kept", Kept.ToString());
        writer.WriteString("paidBack", PaidBack.ToString());
        writer.WriteString("owed", Owed.ToString());
        writer.WriteBoolean("conserved", Conserved);
        writer.WriteEndObject();
    }

    /// <summary>Nothing where nothing was sold over HTTP.</summary>
    public void Write(TextWriter output)
    {
        if (Sales > 0)
            output.WriteLine($"Over HTTP {Sales} sales: in {In.ToUsdc()} USDC, kept {Kept.ToUsdc()}, paid back {PaidBack.ToUsdc()}, owed {Owed.ToUsdc()}{(Conserved ? "" : "; NOT conserved")}.");
    }
}
