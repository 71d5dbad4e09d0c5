// A web application that also sells an agent: dotnet run --project samples/WebSeller -- DATA-FOLDER
using Betar.Sdk;
using Betar.Sdk.Selling;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.AddBetarSeller(options => options.DataFolder = args.ElementAtOrDefault(0))
    .Map("count-words", "0", (work, _) => ValueTask.FromResult<AgentAnswer>($"{work.Input.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length}"));

WebApplication app = builder.Build();
app.MapGet("/", (BetarSeller seller) => new { peer = seller.PeerId, agents = seller.Agents });
await app.StartAsync();
Console.WriteLine($"the page is at {app.Urls.First()}");
await app.WaitForShutdownAsync();
