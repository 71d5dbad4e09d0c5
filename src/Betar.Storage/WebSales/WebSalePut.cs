using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402.Selling;

namespace Betar.Storage.WebSales;

/// <summary>Writes a sale down, once.</summary>
internal sealed class WebSalePut(PreparedStatements statements, PaidSale sale, DateTimeOffset at) : WriteOperation<bool>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection) => Result = statements.Get(connection,
            "INSERT OR IGNORE INTO web_sale (payment, scheme, sold, token, payer, payee, paid, settled, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
        .Bind(1, sale.Payment.ToString()).Bind(2, sale.Scheme).Bind(3, sale.Sold).Bind(4, sale.Money.Token.ToString()).Bind(5, sale.Money.Payer.ToString())
        .Bind(6, sale.Payee.ToString()).Bind(7, sale.Money.Amount.ToString()).Bind(8, sale.Transaction).Bind(9, at.ToUnixTimeMilliseconds()).Run() > 0;
}
