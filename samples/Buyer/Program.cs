// Finds an agent and has it work, by the node of a data folder: dotnet run --project samples/Buyer -- DATA-FOLDER AGENT TASK [MAX-USDC]
using Betar.Sdk;
using Betar.Sdk.Buying;

if (args is not [var folder, var agent, var task, ..])
{
    Console.Error.WriteLine("Buyer DATA-FOLDER AGENT TASK [MAX-USDC]");
    return 2;
}

using BetarClient market = BetarClient.ForFolder(folder);
BetarResult<AgentInfo> quote = await market.QuoteAsync(agent);
if (!quote.IsOk)
{
    Console.Error.WriteLine(quote.Refusal);
    return 1;
}

// The purchase has a name: a program that keeps it can ask again after any crash and never pays twice.
string purchase = Guid.NewGuid().ToString();
BetarResult<Purchase> bought = await market.ExecuteAsync(
    quote.Value.Id, task, new ExecuteOptions { PurchaseId = purchase, MaxUsdc = args.ElementAtOrDefault(3) ?? "0.01" });
if (!bought.IsOk)
{
    Console.Error.WriteLine(bought.Refusal);
    return 1;
}

Console.WriteLine(bought.Value.Output);
Console.WriteLine($"paid {bought.Value.AmountAtomic} units, transaction {bought.Value.Transaction}");
return 0;
