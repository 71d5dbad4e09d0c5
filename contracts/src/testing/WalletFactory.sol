// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ContractWallet} from "./ContractWallet.sol";

/// Makes wallets at addresses that are known before.
contract WalletFactory {
    event Made(address wallet);

    function make(address owner, bytes32 salt) external {
        emit Made(address(new ContractWallet{salt: salt}(owner)));
    }
}
