using System.Net.Http.Json;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>Asks the devnet for test money.</summary>
internal sealed class DevnetFaucet(HttpClient http, Uri url) : ITestFaucet
{
    public async Task FundAsync(Address account, AtomicAmount amount, CancellationToken cancellationToken)
    {
        string request = $$"""{"jsonrpc":"2.0","id":1,"method":"devnet_fund","params":["{{account}}","{{amount}}"]}""";
        string fault;
        try
        {
            using var content = new StringContent(request, System.Text.Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await http.PostAsync(url, content, cancellationToken);
            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            if (!answer.TryGetProperty("error", out JsonElement error))
                return;
            fault = error.GetProperty("message").GetString() ?? "";
        }
        catch (Exception silence) when (silence is HttpRequestException or JsonException)
        {
            fault = silence.Message;
        }
        throw new CliRefusedException(ErrorCatalog.ChainUnreachable.Refuse($"The devnet at {url} did not fund {account} ({fault})"));
    }
}
