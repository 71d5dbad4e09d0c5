using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.WebSales;

/// <summary>Writes down what of a sale is kept, once.</summary>
internal sealed class WebSaleEnd(PreparedStatements statements, PaymentKey payment, AtomicAmount kept, UsedTokens usage) : WriteOperation<bool>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection) => Result = statements.Get(connection,
            "UPDATE web_sale SET kept = ?2, input_tokens = ?3, output_tokens = ?4, model = ?5 WHERE payment = ?1 AND kept IS NULL")
        .Bind(1, payment.ToString()).Bind(2, kept.ToString()).Bind(3, usage.Input).Bind(4, usage.Output).Bind(5, usage.Model).Run() > 0;
}
