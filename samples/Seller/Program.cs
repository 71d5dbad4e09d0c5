// Sells two agents of this program: dotnet run --project samples/Seller -- DATA-FOLDER [ADDRESS=AMOUNT]
// The second argument gives test money to a buyer of the test chain.
using Betar.Sdk;
using Betar.Sdk.Selling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

HostApplicationBuilder builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders();
builder.AddBetarSeller(options =>
    {
        options.DataFolder = args.ElementAtOrDefault(0);
        if (args.ElementAtOrDefault(1) is { } fund)
            options.Fund.Add(fund);
    })
    .Map("shout", "0.001", (work, _) => ValueTask.FromResult<AgentAnswer>(work.Input.ToUpperInvariant()), agent => agent.Idempotent = true)
    .Map("divide", "0.002", (work, _) => ValueTask.FromResult(Divide(work.Input)), agent => agent.Description = "Divides: 10/4");

using IHost host = builder.Build();
await host.StartAsync();
BetarSeller seller = host.Services.GetRequiredService<BetarSeller>();
Console.WriteLine($"selling {string.Join(", ", seller.Agents.Keys.Order())} at {seller.Addresses[0]}");
await host.WaitForShutdownAsync();

// A failure is an answer too: the buyer reads why, and gets the money back.
static AgentAnswer Divide(string input) => input.Split('/') is [var left, var right] && int.TryParse(left, out int above) && int.TryParse(right, out int below) && below != 0
    ? $"{(decimal)above / below}"
    : AgentAnswer.Failed("Write two whole numbers with a slash between them; the second is not 0.");
